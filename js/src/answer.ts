import type { Refusal } from "./contract.js";
import { Outage } from "./outage.js";

/** What an endpoint says: data, or why not. */
export type Answer<Data, Error extends Refusal = Refusal> =
  | { data: Data; error: undefined }
  | { data: undefined; error: Error };

/**
 * Read an answer of the project's own API as those of this client are read.
 *
 * Problem+json (RFC 9457) is a refusal. Throws an `Outage` for 5xx, unless its code is that of a room,
 * and for whatever else is no answer.
 */
export async function readAnswer<Data, Error extends Refusal = Refusal>(
  response: Response,
): Promise<Answer<Data, Error>> {
  if (response.ok) return { data: await readData(response), error: undefined };
  const { status } = response;
  const retryAfter = readRetryAfter(response);
  const problem = await peekProblem<Error>(response);
  // A code of a room (`room.code`) is said on purpose: somebody else is down, such as a provider.
  if (status >= 500 && !problem?.code.includes(".")) {
    throw new Outage("server", { status, retryAfter });
  }
  if (!problem) throw new Outage("unreadable", { status });
  return {
    data: undefined,
    error: retryAfter === undefined ? problem : { ...problem, retryAfter },
  };
}

/** The refusal in an answer, if it is this one. Leaves the body to be read by others. */
export async function peekRefusal<Error extends Refusal>(
  response: Response,
  status: number,
  code: string,
): Promise<Error | undefined> {
  if (response.status !== status) return;
  const problem = await peekProblem<Error>(response);
  return problem?.code === code ? problem : undefined;
}

async function peekProblem<Error extends Refusal>(response: Response): Promise<Error | undefined> {
  if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) return;
  try {
    const body: unknown = await response.clone().json();
    return isProblem<Error>(body) ? body : undefined;
  } catch {
    return;
  }
}

// Whole seconds. The other form of the header, a date, depends on two clocks and is not read.
function readRetryAfter(response: Response): number | undefined {
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
function isProblem<Error extends Refusal>(body: unknown): body is Error {
  return (
    typeof body === "object" && body !== null && "code" in body && typeof body.code === "string"
  );
}
