import type { ProfileChange, User } from "../contract.js";
import { textOf } from "./form.js";
import type { Texts } from "./texts.js";

/** A field of the profile form: one of the usual ones by its name, or the project's own. */
export type ProfileField = "username" | "firstName" | "lastName" | OwnProfileField;

export interface OwnProfileField {
  /** As in the answers of the server. */
  name: string;
  label: string;
  hint?: string | undefined;
  /** What the browser may fill in, `autocomplete`. */
  autocomplete?: string | undefined;
}

/** The fields with their words. */
export function describeFields(fields: readonly ProfileField[], texts: Texts): OwnProfileField[] {
  return fields.map((field) => {
    if (typeof field === "object") return field;
    const { label, autocomplete, hint } = {
      username: { label: texts.username, autocomplete: "username", hint: texts.usernameHint },
      firstName: { label: texts.firstName, autocomplete: "given-name", hint: "" },
      lastName: { label: texts.lastName, autocomplete: "family-name", hint: "" },
    }[field];
    return { name: field, label, autocomplete, ...(hint && { hint }) };
  });
}

/** Only what differs: a name from before today's rules must not stop the others from being saved. */
export function changesIn(
  form: HTMLFormElement,
  user: User,
  fields: readonly OwnProfileField[],
): ProfileChange | undefined {
  const changes = fields
    .map(({ name }) => [name, textOf(form, name).trim()] as const)
    .filter(([name, value]) => value !== currentValue(user, name));
  return changes.length > 0 ? Object.fromEntries(changes) : undefined;
}

/** What the field holds now, as text. */
export function currentValue(user: User, name: string): string {
  return String(new Map<string, unknown>(Object.entries(user)).get(name) ?? "");
}
