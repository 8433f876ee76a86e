import type { Snapshot } from "../auth.js";
import type { User } from "../contract.js";

/** What to call somebody: the first name that is there. */
export function displayName({ firstName, username, email }: User): string {
  return firstName || username || email || "";
}

/** By which name a password manager knows the account of who is signed in. */
export function accountOf(session: Snapshot): string {
  if (session.status !== "authenticated") return "";
  return session.user.email ?? session.user.username ?? "";
}
