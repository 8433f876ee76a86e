import type { User } from "../contract.js";

/** What to call somebody: the first name that is there. */
export function displayName({ firstName, username, email }: User): string {
  return firstName || username || email || "";
}
