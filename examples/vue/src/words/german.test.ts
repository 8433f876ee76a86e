import { expect, test } from "vitest";
import { words as german } from "./german";
import { english as home } from "./home";
import { english as notes } from "./notes";
import { english as shell } from "./shell";

const english = { shell, home, notes };

test.each([
  [["password"], "password", "Passwort"],
  [["password", "email"], "password and email", "Passwort und E-Mail"],
  [["social"], "connected account", "verbundenes Konto"],
  [["of_tomorrow"], "of_tomorrow", "of_tomorrow"],
  [[], "another sign-in", "eine andere Anmeldung"],
])("the proofs %j have words in both languages", (proofs, inEnglish, inGerman) => {
  expect(english.home.proofs(proofs)).toBe(inEnglish);
  expect(german.home.proofs(proofs)).toBe(inGerman);
});

test.each([
  [0, "0 notes", "0 Notizen"],
  [1, "1 note", "1 Notiz"],
  [1200, "1,200 notes", "1.200 Notizen"],
])("%d notes are counted as the language counts", (count, inEnglish, inGerman) => {
  expect(english.notes.countedNotes(count)).toBe(inEnglish);
  expect(german.notes.countedNotes(count)).toBe(inGerman);
});

test("a number in a sentence is written as the language writes it", () => {
  expect(english.notes.upTo(5000)).toBe("Up to 5,000 characters.");
  expect(german.notes.upTo(5000)).toBe("Bis zu 5.000 Zeichen.");
  expect(english.notes.tooLong(5000)).toBe("Use 5,000 characters or fewer.");
  expect(german.notes.tooLong(5000)).toBe("Verwenden Sie höchstens 5.000 Zeichen.");
  expect([english, german].map(({ shell }) => shell.number(1200))).toEqual(["1,200", "1.200"]);
});

test("who is signed in is one sentence", () => {
  expect(english.shell.signedInAs("Alice")).toBe("Signed in as Alice");
  expect(german.shell.signedInAs("Alice")).toBe("Angemeldet als Alice");
});
