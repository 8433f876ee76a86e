import type { FieldProblem, Outage, Refusal } from "../auth";
import { explain } from "../words";

/** Why a form was not accepted, ready to be shown. */
export interface Failure {
  message: string;
  fields: Record<string, FieldProblem[]>;
  /** Seconds to wait before the next try. */
  wait: number;
}

const CHECK = "Please check what you entered.";

export function fromRefusal(error: Refusal): Failure {
  const { "": whole = [], ...fields } = error.fields ?? {};
  const message =
    error.code === "invalid_body"
      ? whole.map(({ detail }) => detail).join(" ") || CHECK
      : error.detail || error.title;
  return { message, fields, wait: error.retryAfter ?? 0 };
}

export function fromOutage(outage: Outage): Failure {
  return {
    message: `${explain(outage)} What you entered is still here.`,
    fields: {},
    wait: outage.retryAfter ?? 0,
  };
}

/** Found before anything was sent: texts by field. */
export function fromCheck(details: Record<string, string>): Failure {
  const fields = Object.entries(details).map(([name, detail]) => [
    name,
    [{ code: "missing", detail }],
  ]);
  return { message: CHECK, fields: Object.fromEntries(fields), wait: 0 };
}
