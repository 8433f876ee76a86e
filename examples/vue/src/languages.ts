import type { Texts } from "django-spa-auth/vue";
import { en } from "vuetify/locale";
import type { Words } from "./words";

/** What a language has instead of the English words: of this app, of the components, of Vuetify. */
export interface Spoken {
  words: Partial<Words>;
  texts: Partial<Texts>;
  ofVuetify: typeof en;
}

/** Each in its own name. English is in the pages and the components, another language is fetched. */
export const LANGUAGES = {
  en: {
    name: "English",
    load: async (): Promise<Spoken> => ({ words: {}, texts: {}, ofVuetify: en }),
  },
  de: { name: "Deutsch", load: (): Promise<Spoken> => import("./words/german") },
};

export type Language = keyof typeof LANGUAGES;

/** Where the visitor's choice is kept. */
const KEY = "language";

/** What was chosen here before, otherwise what the browser prefers of what there is. */
export function firstLanguage(): Language {
  return [kept(), ...navigator.languages.flatMap(widening)].find(isLanguage) ?? "en";
}

/** The tag itself, then without its last parts, as RFC 4647 (3.4) looks one up: pt-BR, pt. */
function widening(tag: string): string[] {
  const parts = tag.split("-");
  return parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join("-"));
}

/** Says it to the server too: the client asks for its answers in the language of the page. */
export function say(language: Language): Language {
  document.documentElement.lang = language;
  return language;
}

export function keep(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // This browser keeps nothing. It is spoken until the page is left.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function isLanguage(tag: string | null): tag is Language {
  return tag !== null && Object.hasOwn(LANGUAGES, tag);
}
