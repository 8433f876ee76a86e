import type { Answer } from "../answer.js";
import type { FieldError, Refusal } from "../contract.js";
import { Outage } from "../outage.js";
import type { Texts } from "./texts.js";

/** Why a form was not accepted, ready to be shown. */
export interface Failure {
  message: string;
  fields: { readonly [name: string]: readonly FieldError[] | undefined };
  /** Seconds to wait before the next try. */
  wait: number;
}

/** Words for why something did not work. */
export function reasonOf(error: Refusal | Outage, texts: Texts): string {
  return error instanceof Outage ? texts.outage[error.reason] : error.detail || error.title;
}

export function failureOf(error: Refusal | Outage, texts: Texts): Failure {
  const wait = error.retryAfter ?? 0;
  if (error instanceof Outage) {
    const message = [reasonOf(error, texts), texts.kept].filter(Boolean).join(" ");
    return { message, fields: {}, wait };
  }
  const { "": whole = [], ...fields } = error.fields ?? {};
  const message =
    error.code === "invalid_body"
      ? whole.map(({ detail }) => detail).join(" ") || texts.checkFields
      : reasonOf(error, texts);
  return { message, fields, wait };
}

/** Found before anything was sent: what is missing, by field. */
export function failureOfCheck(missing: Record<string, string>, texts: Texts): Failure {
  const fields = Object.entries(missing).map(([name, detail]) => [
    name,
    [{ code: "missing", detail }],
  ]);
  return { message: texts.checkFields, fields: Object.fromEntries(fields), wait: 0 };
}

/** What a request brought: the data, or words for why there are none. */
export interface Attempt<Data> {
  data: Data | undefined;
  reason: string;
  /** Whether there was no answer at all. */
  outage: boolean;
}

/** Send something whose failure is only to be told. Throws what is neither refusal nor outage. */
export async function attempt<Data>(
  send: () => Promise<Answer<Data>>,
  texts: Texts,
): Promise<Attempt<Data>> {
  try {
    const { data, error } = await send();
    return { data, reason: error ? reasonOf(error, texts) : "", outage: false };
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    return { data: undefined, reason: reasonOf(error, texts), outage: true };
  }
}
