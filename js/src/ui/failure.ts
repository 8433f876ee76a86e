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
    return { message: `${reasonOf(error, texts)} ${texts.kept}`, fields: {}, wait };
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
