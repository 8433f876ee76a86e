import type { PasswordLogin } from "../contract.js";
import { textOf } from "./form.js";
import type { Texts } from "./texts.js";

export interface Credentials {
  body: PasswordLogin;
  /** What is missing, by field of the contract. */
  missing: Record<string, string>;
}

/** Read the sign-in form. Its fields are named as password managers know them. */
export function readCredentials(form: HTMLFormElement, texts: Texts): Credentials {
  const login = textOf(form, "username").trim();
  const password = textOf(form, "password");
  const remember = textOf(form, "remember") === "on";
  return {
    body: { login, password, remember },
    missing: {
      ...(!login && { login: texts.enterIdentifier }),
      ...(!password && { password: texts.enterPassword }),
    },
  };
}
