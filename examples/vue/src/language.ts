import { type ComputedRef, computed, shallowRef } from "vue";
import { firstLanguage, keep, LANGUAGES, type Language, type Spoken, say } from "./languages";
import { vuetify } from "./vuetify";
import type { Words } from "./words";
import { english as shell } from "./words/shell";

// The first request asks for this language already.
const first = say(firstLanguage());
const asked = shallowRef(first);
const spoken = shallowRef<Pick<Spoken, "words" | "texts">>({ words: {}, texts: {} });
/** What the page speaks until the language that was asked for is here. */
export const shown = shallowRef<Language>("en");

/** Whether the language that was asked for last did not come. */
export const failed = shallowRef(false);

/** Settles when the first words are here. Nothing is shown before. */
export const ready = speak(first);

/** What the page speaks. Writing it is the visitor's choice, which is kept. */
export const language = computed<Language>({
  get: () => asked.value,
  set(next) {
    keep(next);
    asked.value = next;
    failed.value = false;
    void speak(next);
  },
});

/** The words of the components. */
export const texts = computed(() => spoken.value.texts);

/** The words around the pages and, from its English ones, those of a group of pages. */
export function useWords(): ComputedRef<Words["shell"]>;
export function useWords<Group extends keyof Words>(
  group: Group,
  english: Words[Group],
): ComputedRef<Words["shell"] & Words[Group]>;
export function useWords<Group extends keyof Words>(group?: Group, english?: Words[Group]) {
  return computed(() => {
    const { words } = spoken.value;
    return { ...shell, ...words.shell, ...english, ...(group && words[group]) };
  });
}

async function speak(next: Language): Promise<void> {
  try {
    const { words, texts, ofVuetify } = await LANGUAGES[next].load();
    // Another one was asked for meanwhile.
    if (asked.value !== next) return;
    shown.value = say(next);
    vuetify.locale.messages.value[next] = ofVuetify;
    vuetify.locale.current.value = next;
    spoken.value = { words, texts };
  } catch {
    if (asked.value !== next) return;
    failed.value = true;
    asked.value = say(shown.value);
  }
}
