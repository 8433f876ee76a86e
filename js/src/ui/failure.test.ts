import { expect, test } from "vitest";
import type { Refusal } from "../contract.js";
import { Outage } from "../outage.js";
import { english } from "./english.js";
import { failureOf, failureOfCheck, reasonOf } from "./failure.js";
import { german } from "./german.js";

const refusal: Refusal = {
  type: "about:blank",
  title: "Not accepted",
  status: 400,
  detail: "",
  code: "invalid_body",
};

test("a refusal without words of its own is called by its title", () => {
  expect(reasonOf(refusal, english)).toBe("Not accepted");
});

test("an invalid body without words asks to look at the fields", () => {
  const failure = failureOf(refusal, english);
  expect(failure).toEqual({ message: english.checkFields, fields: {}, wait: 0 });
});

test.each([
  ["network", /cannot be reached/],
  ["server", /has a problem/],
  ["unreadable", /makes no sense/],
] as const)("an outage (%s) says that nothing is lost, and how long to wait", (reason, words) => {
  const failure = failureOf(new Outage(reason, { retryAfter: 5 }), english);
  expect(failure.message).toMatch(words);
  expect(failure.message).toContain(english.kept);
  expect(failure.wait).toBe(5);
});

test("what is missing is said in a word of ours, or as the project says it", () => {
  const { fields } = failureOfCheck({ code: "enterCode", note: "Schreiben Sie etwas." }, german);
  expect(fields.code?.[0]?.detail).toBe(german.enterCode);
  expect(fields.note?.[0]?.detail).toBe("Schreiben Sie etwas.");
});
