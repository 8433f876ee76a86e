import type { EmailCode, EmailUndo, PasswordChange, Signup } from "../contract.js";
import type { Missing } from "./failure.js";
import { textOf } from "./form.js";
import type { OwnProfileField } from "./profile.js";
import type { Texts, Word } from "./texts.js";

/** A field of a form, with its words and what its input tells the browser. */
export interface Field {
  /** As the contract names it. */
  name: string;
  label: string;
  hint?: string | undefined;
  /** What is said where it is not filled in. Without it the field may be empty. */
  missing?: Word;
  newPassword?: true;
  input: { name: string; [attribute: string]: string | boolean | undefined };
}

/** What was typed, by field of the contract. Only what the form asks for is there. */
export type Values = Signup & EmailCode & EmailUndo & Pick<PasswordChange, "newPassword">;

const UNCORRECTED = { autoCapitalize: "none", autoCorrect: "off", spellCheck: false };

export function emailField(
  { email }: Texts,
  { label = email, autoComplete = "username" } = {},
): Field {
  // Named as in the sign-in form: so password managers know that both ask for the same.
  const input = { name: "username", type: "email", dir: "ltr", autoComplete, ...UNCORRECTED };
  return { name: "email", label, missing: "enterEmail", input: { ...input, required: true } };
}

export function codeField({ code }: Texts): Field {
  const input = { name: "code", dir: "ltr", inputMode: "numeric", autoComplete: "one-time-code" };
  const rules = { required: true, enterKeyHint: "go", ...UNCORRECTED };
  return { name: "code", label: code, missing: "enterCode", input: { ...input, ...rules } };
}

export function newPasswordField(
  { newPassword }: Texts,
  { name = "newPassword", label = newPassword } = {},
): Field {
  const input = { name: "new-password" };
  return { name, label, missing: "enterNewPassword", newPassword: true, input };
}

export function nameField({ name, label, hint, autocomplete }: OwnProfileField): Field {
  // The address is what somebody signs in with here, and a user name is one more name.
  const input =
    name === "username"
      ? { name: "nickname", autoComplete: "nickname", ...UNCORRECTED }
      : { name, autoComplete: autocomplete };
  return { name, label, hint, input };
}

/** Read these fields, and those of the project, which are in `.spa-own`. */
export function readFields(
  form: HTMLFormElement,
  fields: readonly Field[],
): { values: Values; missing: Missing } {
  const own = [...form.querySelectorAll<HTMLInputElement>(".spa-own [name]")].map((input) => [
    input.name,
    input.type === "checkbox" ? input.checked : textOf(form, input.name),
  ]);
  const typed = fields.map((field) => [field.name, readField(form, field)]);
  const values: Values = Object.fromEntries([...own, ...typed]);
  const missing = fields.flatMap(({ name, missing, input }) => {
    const valid = name === "code" ? /^\d{6}$/.test(values.code) : textOf(form, input.name).trim();
    return missing && !valid ? [[name, missing]] : [];
  });
  return { values, missing: Object.fromEntries(missing) };
}

function readField(form: HTMLFormElement, { name, newPassword, input }: Field): string {
  const text = textOf(form, input.name);
  if (newPassword) return text;
  // As mails show a code, or as people write it down.
  return name === "code" ? text.replace(/[\s-]/g, "") : text.trim();
}
