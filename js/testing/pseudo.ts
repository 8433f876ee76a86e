import { english } from "../src/ui/all-english.js";
import type { AllTexts } from "../src/ui/texts.js";

/** One that is written from right to left, in place of every letter. */
const LETTER = "\u05d0";
const [OPEN, CLOSE] = ["\u27e6", "\u27e7"];
/** What is read out, or shown, and is no text of the page. */
const ATTRIBUTES = ["alt", "aria-description", "aria-label", "placeholder", "title"];

/** A language that nobody speaks: what is on the page and not in it came past the `Texts`. */
export const pseudo: AllTexts = marked(english);

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

function marked<Whole extends object>(words: Whole): Whole {
  const pairs = Object.entries(words).map(([key, value]) => [key, mark(value)]);
  return Object.fromEntries(pairs);
}

function mark(words: unknown): unknown {
  if (typeof words === "string") return OPEN + words.replace(/\p{L}/gu, LETTER) + CLOSE;
  if (typeof words === "function") return (...parts: unknown[]) => mark(words(...parts));
  return Array.isArray(words) ? words.map(mark) : marked(Object(words));
}
