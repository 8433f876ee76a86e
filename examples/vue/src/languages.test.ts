import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { firstLanguage, LANGUAGES } from "./languages";

const MORE = ["pt-BR", "pt", "zh-Hans", "fil"];

beforeEach(() => {
  localStorage.clear();
  for (const tag of MORE) Object.assign(LANGUAGES, { [tag]: LANGUAGES.en });
});
afterEach(() => {
  for (const tag of MORE) Reflect.deleteProperty(LANGUAGES, tag);
});

test.each([
  [["pt-BR", "de"], "pt-BR"],
  [["pt-PT", "de"], "pt"],
  [["zh-Hans-CN", "de"], "zh-Hans"],
  [["zh-Hant-TW", "de"], "de"],
  [["fil-PH", "de"], "fil"],
  [["fi-FI", "de"], "de"],
  [["en-GB", "de"], "en"],
])("whose browser prefers %j begins in %s", (tags, language) => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(tags);
  expect(firstLanguage()).toBe(language);
});
