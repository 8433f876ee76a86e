import { add, find } from "./people.js";

/**
 * What somebody said on a page: that they cancel, or who they are and whether they allow it; a
 * problem if it cannot be understood.
 */
export function readAnswer(form) {
  if (form.get("answer") === "cancel") return { cancelled: true };
  const person = form.get("person") === "other" ? other(form) : find(form.get("person"));
  if (!person) return { problem: "Choose a person, or enter a name and an email address." };
  return { person, allowed: form.get("answer") === "allow" };
}

function other(form) {
  const name = form.get("name")?.trim();
  const email = form.get("email")?.trim();
  if (!name || !email || name.length > 80 || email.length > 200) return undefined;
  return add({ name, email, verified: form.has("verified") });
}
