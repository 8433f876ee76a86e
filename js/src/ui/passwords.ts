import type { PasswordChange, Refusal } from "../contract.js";
import type { Missing } from "./failure.js";
import { textOf } from "./form.js";

/** What a form says, and what is missing in it, by field of the contract. */
interface Read<Body> {
  body: Body;
  missing: Missing;
}

/** Read the form for one's own password. The `first` one needs no other. */
export function readChange(form: HTMLFormElement, first: boolean): Read<PasswordChange> {
  const currentPassword = textOf(form, "current-password");
  const newPassword = textOf(form, "new-password");
  return {
    body: { currentPassword, newPassword },
    missing: {
      ...(!first && !currentPassword && { currentPassword: "enterCurrentPassword" }),
      ...(!newPassword && { newPassword: "enterNewPassword" }),
    },
  };
}

/** Whether the account has no password, by what was thought before and what the answer says. */
export function hasNone(before: boolean, error: Refusal | undefined): boolean {
  switch (error?.code) {
    case "password.not_set":
      return true;
    case "password.already_set":
    case undefined:
      return false;
    default:
      return before;
  }
}

/** The token in the address of a mail's link, without the `#`. Nothing where there is none. */
export function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") || undefined;
}
