import { german as germanTexts } from "django-spa-auth/vue";
import { computed, shallowRef } from "vue";
import { vuetify } from "./vuetify";
import { english, german } from "./words";

/** Each in its own name. The components speak English without being told to. */
export const LANGUAGES = {
  en: { name: "English", words: english, texts: {} },
  de: { name: "Deutsch", words: german, texts: germanTexts },
} as const;

export type Language = keyof typeof LANGUAGES;

/** Where the visitor's choice is kept. */
const KEY = "language";

const current = shallowRef(speak(firstLanguage()));

/** What the page speaks. Writing it is the visitor's choice, which is kept. */
export const language = computed<Language>({
  get: () => current.value,
  set(next) {
    localStorage.setItem(KEY, next);
    current.value = speak(next);
  },
});

/** The words of this app. */
export const words = computed(() => LANGUAGES[language.value].words);

/** Those of the components. */
export const texts = computed(() => LANGUAGES[language.value].texts);

/** What was chosen here before, otherwise what the browser prefers of what there is. */
function firstLanguage(): Language {
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2));
  return [localStorage.getItem(KEY), ...preferred].find(isLanguage) ?? "en";
}

/** Also to the server: the client asks for its answers in the language of the page. */
function speak(next: Language): Language {
  document.documentElement.lang = next;
  vuetify.locale.current.value = next;
  return next;
}

function isLanguage(tag: string | null): tag is Language {
  return tag !== null && Object.hasOwn(LANGUAGES, tag);
}
