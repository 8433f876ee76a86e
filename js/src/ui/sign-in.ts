import type { PasswordLogin } from "../contract.js";
import type { Missing } from "./failure.js";
import { textOf } from "./form.js";

export interface Credentials {
  body: PasswordLogin;
  /** What is missing, by field of the contract. */
  missing: Missing;
}

/** Read the sign-in form. Its fields are named as password managers know them. */
export function readCredentials(form: HTMLFormElement): Credentials {
  const login = textOf(form, "username").trim();
  const password = textOf(form, "password");
  const remember = textOf(form, "remember") === "on";
  return {
    body: { login, password, remember },
    missing: {
      ...(!login && { login: "enterIdentifier" }),
      ...(!password && { password: "enterPassword" }),
    },
  };
}
