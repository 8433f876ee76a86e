import type { Problem } from "./contract";
import { Outage } from "./outage";

/** A refusal: the problem, with the wait that the server asked for. */
export type Refusal<Code extends string = string> = Problem & {
  code: Code;
  /** Seconds, from `Retry-After`. */
  retryAfter?: number;
};

export type Answer<Data, Code extends string = string> =
  | { data: Data; error: undefined }
  | { data: undefined; error: Refusal<Code> };

/** Read an answer of the API: data, or a refusal. Anything else is an `Outage`. */
export async function readAnswer<Data, Code extends string = string>(
  response: Response,
): Promise<Answer<Data, Code>> {
  if (response.ok) return { data: await readData(response), error: undefined };
  const problem = await peekProblem<Code>(response);
  if (!problem) throw new Outage("unreadable", { status: response.status });
  const wait = readRetryAfter(response);
  return {
    data: undefined,
    error: wait === undefined ? problem : { ...problem, retryAfter: wait },
  };
}

/** The problem in an answer, if it is one of ours. Leaves the body to be read by others. */
export async function peekProblem<Code extends string>(
  response: Response,
): Promise<Refusal<Code> | undefined> {
  if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) return;
  try {
    const body: unknown = await response.clone().json();
    return isProblem<Code>(body) ? body : undefined;
  } catch {
    return;
  }
}

/** Whole seconds. The other form of the header, a date, depends on two clocks and is not read. */
export function readRetryAfter(response: Response): number | undefined {
  const value = response.headers.get("Retry-After");
  return value && /^\d+$/.test(value) ? Number(value) : undefined;
}

async function readData(response: Response) {
  if (response.status === 204) return;
  try {
    return await response.json();
  } catch (cause) {
    throw new Outage("unreadable", { status: response.status, cause });
  }
}

// The code is not compared with a list: a newer server may send one that this client does not know.
function isProblem<Code extends string>(body: unknown): body is Refusal<Code> {
  return (
    typeof body === "object" && body !== null && "code" in body && typeof body.code === "string"
  );
}
