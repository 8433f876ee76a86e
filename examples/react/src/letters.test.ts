import { expect, test } from "vitest";
import { beginning, initial } from "./letters";

const FAMILY = "\u{1f469}\u200d\u{1f469}\u200d\u{1f466}";
const E_ACUTE = "e\u0301";

test.each([
  ["", ""],
  ["ab", "ab"],
  ["abcd", "abc"],
  [`a${FAMILY}cd`, `a${FAMILY}c`],
  [`ab${E_ACUTE}d`, `ab${E_ACUTE}`],
])("the first three letters of %j are %j", (text, letters) => {
  expect(beginning(text, 3)).toBe(letters);
});

test.each([
  ["alice", "en", "A"],
  ["Alice", "en", "A"],
  ["ßoff", "de", "ß"],
  ["\ufb01nn", "en", "\ufb01"],
  ["ilker", "tr", "\u0130"],
  ["ilker", "de", "I"],
  [`${E_ACUTE}mile`, "en", "E\u0301"],
  [`${FAMILY} us`, "en", FAMILY],
  ["\u{10428}eseret", "en", "\u{10400}"],
])("for %j in the language %s stands %j", (name, language, letter) => {
  expect(initial(name, language)).toBe(letter);
});
