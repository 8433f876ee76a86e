import type { Page } from "@playwright/test";

/**
 * Speak a language that nobody does, from right to left: every letter of the German words is a
 * Hebrew one. What is still read as Latin came past the words. The browser has to prefer German.
 */
export async function speakPseudo(page: Page): Promise<void> {
  await page.route(/\/assets\/german-[^/?]*\.js$/, (route) =>
    route.fulfill({ contentType: "text/javascript", body: pseudoOf(route.request().url()) }),
  );
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      document.documentElement.dir = "rtl";
    });
  });
}

/** What an app does itself for such a language: Vuetify has its own switch. */
export async function mirror(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll(".v-locale--is-ltr"))
      element.classList.replace("v-locale--is-ltr", "v-locale--is-rtl");
  });
}

/** Texts on the page, and those that are read out, which have Latin letters. */
export function latinWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const elements = [...document.querySelectorAll("body, body *:not(script, style, noscript)")];
    const names = ["alt", "aria-description", "aria-label", "placeholder", "title"];
    const texts = elements.flatMap((element) => [
      ...[...element.childNodes].flatMap((node) => (node instanceof Text ? [node.data] : [])),
      ...names.map((name) => element.getAttribute(name) ?? ""),
    ]);
    return [document.title, ...texts]
      .map((text) => text.trim())
      .filter((text) => /\p{Script=Latin}/u.test(text));
  });
}

function pseudoOf(url: string): string {
  return `
import * as real from ${JSON.stringify(`${url}?real`)};
const letter = (latin) => String.fromCharCode(0x5d0 + (latin.codePointAt(0) % 27));
const write = (text) => text.replace(/\\p{Script=Latin}/gu, letter);
function mark(words) {
  if (typeof words === "string") return write(words);
  if (typeof words === "function") return (...parts) => mark(words(...parts));
  if (Array.isArray(words)) return words.map(mark);
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, mark(value)]));
}
export const { ofVuetify } = real;
export const words = mark(real.words);
export const texts = mark(real.texts);
`;
}
