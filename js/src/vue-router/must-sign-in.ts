import type { Snapshot } from "../auth.js";

/** Whether somebody is known not to be signed in; also by a status that only a newer server knows. */
export function mustSignIn({ status }: Snapshot): boolean {
  switch (status) {
    case "authenticated":
    case "loading":
    case "unavailable":
      return false;
    default:
      return true;
  }
}
