import type { Answer } from "../answer.js";
import type { FieldError, Refusal } from "../contract.js";
import { Outage } from "../outage.js";
import type { AllTexts, Texts, Word } from "./texts.js";

/** Why a form was not accepted, ready to be shown. */
export interface Failure {
  message: string;
  fields: { readonly [name: string]: readonly FieldError[] | undefined };
  /** Seconds to wait before the next try. */
  wait: number;
}

/** Why something did not work. Its words are chosen when it is shown: the language may change. */
export type Why = Refusal | Outage;

/** A refusal that the browser has found by itself, in words of the page. */
interface OwnRefusal extends Refusal {
  word: Word;
}

/** Nothing was sent, or the answer means something else here. */
export async function refused(
  code: string,
  word: Word,
): Promise<{ data: undefined; error: Refusal }> {
  const problem = { type: "about:blank", title: code, detail: "", status: 400, code };
  const error: OwnRefusal = { ...problem, word };
  return { data: undefined, error };
}

/** Words for why something did not work. Those of the server stay as it has said them. */
export function reasonOf(error: Why, texts: Texts & Partial<AllTexts>): string {
  if (error instanceof Outage) return texts.outage[error.reason];
  const { word }: Partial<OwnRefusal> = error;
  return (word && texts[word]) || error.detail || error.title;
}

export function failureOf(error: Why, texts: Texts): Failure {
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

/**
 * What is missing in a form, by field: the name of one of `Texts`, which follows the language, or what
 * is said as it stands.
 */
export type Missing = Readonly<Record<string, Word | (string & {})>>;

/** Found before anything was sent. */
export function failureOfCheck(missing: Missing, texts: Texts & Partial<AllTexts>): Failure {
  const known = new Map<string, unknown>(Object.entries(texts));
  const fields = Object.entries(missing).map(([name, said]) => [
    name,
    [{ code: "missing", detail: String(known.get(said) ?? said) }],
  ]);
  return { message: texts.checkFields, fields: Object.fromEntries(fields), wait: 0 };
}

/** What a request brought: the data, or why there are none. */
export type Attempt<Data> = { data: Data; error: undefined } | { data: undefined; error: Why };

/** Send something whose failure is only to be told. Throws what is neither refusal nor outage. */
export async function attempt<Data>(send: () => Promise<Answer<Data>>): Promise<Attempt<Data>> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    return { data: undefined, error };
  }
}
