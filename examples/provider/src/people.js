import { createHash } from "node:crypto";

/**
 * Who has an account at the providers. None has a password: the page asks who one is.
 * The first and the last claim the same address, which only alice has proved.
 */
const KNOWN = [
  person("alice", "Alice Archer", "alice@example.com", true),
  person("nora", "Nora Newcomer", "nora@example.com", true),
  person("bob", "Bob Builder", "bob@example.com", false),
  person("mallory", "Mallory Mask", "alice@example.com", false),
];
const everybody = new Map(KNOWN.map((one) => [one.id, one]));

/** The people of the list, in its order. */
export const people = () => KNOWN;

/** The person of an id, or nobody. */
export const find = (id) => everybody.get(id);

/** Somebody who is not on the list: the same words are the same person, until the provider stops. */
export function add({ name, email, verified }) {
  const id = createHash("sha256").update(`${name}\n${email}`).digest("hex").slice(0, 12);
  const added = person(id, name, email, verified);
  everybody.set(id, added);
  return added;
}

function person(id, name, email, verified) {
  // For the provider that counts its people, and gives them names without spaces.
  const number = Number.parseInt(createHash("sha256").update(id).digest("hex").slice(0, 8), 16);
  const login = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return { id, number, login, name, email, verified };
}
