import type { PasswordChange } from "../contract.js";
import { textOf } from "./form.js";
import type { Texts } from "./texts.js";

/** What a form says, and what is missing in it, by field of the contract. */
interface Read<Body> {
  body: Body;
  missing: Record<string, string>;
}

export function readChange(form: HTMLFormElement, texts: Texts): Read<PasswordChange> {
  const currentPassword = textOf(form, "current-password");
  const newPassword = textOf(form, "new-password");
  return {
    body: { currentPassword, newPassword },
    missing: {
      ...(!currentPassword && { currentPassword: texts.enterCurrentPassword }),
      ...(!newPassword && { newPassword: texts.enterNewPassword }),
    },
  };
}

/** The token in the address of a mail's link, without the `#`. Nothing where there is none. */
export function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") || undefined;
}
