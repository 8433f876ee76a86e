import type { Session } from "./auth.js";

/**
 * What may happen to a session after it was first known, in this tab or another.
 *
 * `signedOut` is a person's wish; `expired` is every other end: time, or a revocation.
 */
export type AuthEvent = "signedIn" | "signedOut" | "userChanged" | "expired";

export interface Events<Value> {
  on: (event: AuthEvent, listener: (value: Value) => void) => () => void;
  emit: (event: AuthEvent, value: Value) => void;
  clear: () => void;
}

export function createEvents<Value>(): Events<Value> {
  const entries = new Set<{ event: AuthEvent; listener: (value: Value) => void }>();
  return {
    on(event, listener) {
      const entry = { event, listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    emit(event, value) {
      for (const entry of [...entries]) if (entry.event === event) entry.listener(value);
    },
    clear: () => entries.clear(),
  };
}

/** What happened, by what the server said before and now. `cause` is why a session may have ended. */
export function eventBetween(
  before: Session,
  now: Session,
  cause: "signedOut" | "expired",
): AuthEvent | undefined {
  if (before.status !== "authenticated") {
    return now.status === "authenticated" ? "signedIn" : undefined;
  }
  if (now.status !== "authenticated") return cause;
  return before.user.id === now.user.id ? undefined : "userChanged";
}
