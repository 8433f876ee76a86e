import { expect, test } from "vitest";
import { english } from "./all-english.js";
import { german } from "./german.js";
import { grammarOf } from "./grammar.js";

test.each([
  [english, 0, "0 devices"],
  [english, 1, "1 device"],
  [english, 1200, "1,200 devices"],
  [german, 1, "1 Gerät"],
  [german, 1200, "1.200 Geräte"],
])("things are counted as the language counts", ({ countedDevices }, count, words) => {
  expect(countedDevices(count)).toBe(words);
});

test("a language that has more forms than two chooses among its own", () => {
  const { count } = grammarOf("pl");
  const forms = { one: "# plik", few: "# pliki", other: "# plików" };
  expect([1, 2, 5].map((number) => count(number, forms))).toEqual([
    "1 plik",
    "2 pliki",
    "5 plików",
  ]);
});

test("several things are listed as the language lists them", () => {
  const proofs = ["password", "email", "key"];
  expect(english.anotherStep(proofs)).toContain("password, email, and key");
  expect(german.anotherStep(proofs)).toContain("Passwort, E-Mail und key");
});

test.each([
  [5, "now", "jetzt"],
  [-30, "now", "jetzt"],
  [60, "1 minute ago", "vor 1 Minute"],
  [59 * 60, "59 minutes ago", "vor 59 Minuten"],
  [3600, "1 hour ago", "vor 1 Stunde"],
  [86_399, "23 hours ago", "vor 23 Stunden"],
])("what was %d seconds ago is said as people say it", (seconds, ...words) => {
  const iso = new Date(Date.now() - seconds * 1000).toISOString();
  expect([english.ago(iso), german.ago(iso)]).toEqual(words);
});

test("after a day it is the moment itself", () => {
  const iso = new Date(Date.now() - 86_400_000).toISOString();
  expect(german.ago(iso)).toBe(german.moment(iso));
});

test("a proof that is no word of people's is said in one", () => {
  expect(english.anotherStep(["social"])).toContain("step: a connected account.");
  expect(german.anotherStep(["social"])).toContain("Schritt: verbundenes Konto.");
});

test("a moment is written as the language writes it", () => {
  expect(german.moment("2026-01-02T10:00:00Z")).toMatch(/^0[123]\.01\.2026, \d\d:\d\d$/);
  expect(english.moment("2026-01-02T10:00:00Z")).toMatch(/^Jan [123], 2026, \d{1,2}:\d\d/);
});
