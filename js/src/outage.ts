export type OutageReason =
  /** No answer: offline, refused, cut off. */
  | "network"
  /** The server says that it cannot answer now (5xx). */
  | "server"
  /** An answer came, but not one of this server's contract: a proxy's page, a login wall. */
  | "unreadable";

export interface OutageDetails {
  status?: number | undefined;
  /** Seconds, from `Retry-After`. */
  retryAfter?: number | undefined;
  cause?: unknown;
}

/**
 * The only thing this client throws: nobody can say whether the request was carried out.
 *
 * A refusal is not an outage. It is returned as `{ data, error }`, because the server
 * understood the request and said no.
 */
export class Outage extends Error {
  override readonly name = "Outage";
  /** So that one `switch` over `error.code` can tell it from every refusal. */
  readonly code = "outage";
  readonly reason: OutageReason;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;

  constructor(reason: OutageReason, details: OutageDetails = {}) {
    super(`The server could not answer (${reason})`, { cause: details.cause });
    this.reason = reason;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
  }
}
