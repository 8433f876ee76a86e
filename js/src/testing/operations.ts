import type { FieldError } from "../contract.js";
import type { paths } from "../schema.js";

type Method = "get" | "post" | "put" | "patch" | "delete";
type Responds = { responses: object };

/** Every operation of the contract, by method and path: `"POST /login/"`. */
export type OperationKey = {
  [Path in keyof paths]: {
    [Verb in Method]: paths[Path] extends { [Key in Verb]: Responds }
      ? `${Uppercase<Verb>} ${Path}`
      : never;
  }[Method];
}[keyof paths];

type OperationAt<Key extends OperationKey> = Key extends `${infer Verb} ${infer Path}`
  ? Path extends keyof paths
    ? Lowercase<Verb> extends keyof paths[Path]
      ? Extract<paths[Path][Lowercase<Verb>], Responds>
      : never
    : never
  : never;

/** What an operation answers when it is done. */
export type DataOf<Key extends OperationKey> =
  OperationAt<Key>["responses"] extends Record<200, { content: { "application/json": infer Data } }>
    ? Data
    : never;

/** A refusal that the contract has for this operation: its status and its code go together. */
export type ProblemOf<Key extends OperationKey> = ProblemsIn<OperationAt<Key>["responses"]>;

type ProblemsIn<Responses> = {
  [Status in keyof Responses]: Responses[Status] extends {
    content: { "application/problem+json": { code?: infer Code extends string } };
  }
    ? Problem<Status & number, Code>
    : never;
}[keyof Responses];

interface Problem<Status extends number, Code extends string> {
  status: Status;
  code: Code;
  /** For people. Otherwise it names the code. */
  detail?: string;
  fields?: Record<string, readonly FieldError[]>;
  /** With `reauthentication_required`. */
  ways?: readonly string[];
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
}

/** A refusal of any operation. */
export type AnyProblem = Problem<number, string>;

export function problemResponse({ status, code, retryAfter, ...more }: AnyProblem): Response {
  const body = { type: "about:blank", title: code, status, code, detail: `Refused: ${code}.` };
  return new Response(JSON.stringify({ ...body, ...more }), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }),
    },
  });
}

export function isProblem(said: unknown): said is AnyProblem {
  return (
    typeof said === "object" && said !== null && "status" in said && typeof said.status === "number"
  );
}

/** What is kept for the operation of a request, such as `"DELETE /sessions/a/"`. */
export function findFor<Value>(kept: Iterable<[string, Value]>, key: string) {
  for (const [operation, value] of kept) {
    const pattern = operation.replace(/\{\w+\}/g, "([^/]+)");
    const parts = new RegExp(`^${pattern}$`).exec(key)?.slice(1).map(decodeURIComponent);
    if (parts) return { operation, value, parts };
  }
  return;
}
