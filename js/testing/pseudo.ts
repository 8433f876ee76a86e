import { english } from "../src/ui/all-english.js";
import { german } from "../src/ui/german.js";
import type { AllTexts } from "../src/ui/texts.js";

/** One that is written from right to left, in place of every letter. */
const LETTER = "\u05d0";
const [OPEN, CLOSE] = ["\u27e6", "\u27e7"];
/** What is read out, or shown, and is no text of the page. */
const ATTRIBUTES = ["alt", "aria-description", "aria-label", "placeholder", "title"];

/** A language that nobody speaks: what is on the page and not in it came past the `Texts`. */
export const pseudo: AllTexts = marked(english, german);

/** The words on the page that are not from this language. */
export function strayWords(): string[] {
  const everything = [...document.body.querySelectorAll("*")].flatMap((element) => [
    ...[...element.childNodes].flatMap((node) => (node instanceof Text ? [node.data] : [])),
    ...ATTRIBUTES.map((name) => element.getAttribute(name) ?? ""),
  ]);
  return everything.filter((text) => /\p{L}/u.test(text.replaceAll(LETTER, "")));
}

/** Whether anything on the page is from this language. */
export function isSpoken(): boolean {
  return document.body.innerHTML.includes(OPEN);
}

function marked<Whole extends object>(words: Whole, others: Whole): Whole {
  const translated = new Map(Object.entries(others));
  const pairs = Object.entries(words).map(([key, value]) => [
    key,
    mark(value, translated.get(key)),
  ]);
  return Object.fromEntries(pairs);
}

/** `raw` stays as it is: no language has words for it. */
function mark(words: unknown, others: unknown, raw: readonly string[] = []): unknown {
  if (typeof words === "string") return OPEN + marking(words, raw) + CLOSE;
  if (typeof words === "function" && typeof others === "function") {
    return (...parts: unknown[]) => {
      const [said, saidOtherwise] = [words(...parts), others(...parts)];
      return mark(said, saidOtherwise, passedOn(parts, String(said), String(saidOtherwise)));
    };
  }
  if (Array.isArray(words)) return words.map((each) => mark(each, undefined, raw));
  return marked(Object(words), Object(others));
}

/** What was handed in and stands in both languages: a name, or a code of the server's. */
function passedOn(parts: readonly unknown[], ...said: string[]): string[] {
  return parts
    .flat()
    .filter((part) => typeof part === "string" && /\p{L}/u.test(part))
    .map(String)
    .filter((part) => said.every((text) => text.includes(part)));
}

function marking(text: string, [first, ...raw]: readonly string[]): string {
  if (first === undefined) return text.replace(/\p{L}/gu, LETTER);
  return text
    .split(first)
    .map((part) => marking(part, raw))
    .join(first);
}
