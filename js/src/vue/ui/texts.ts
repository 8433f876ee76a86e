import { type ComputedRef, computed, defineComponent, inject, provide } from "vue";
import { english } from "../../ui/english.js";
import type { AllTexts, Texts } from "../../ui/texts.js";
import { TEXTS } from "../keys.js";

export interface TextsProviderProps {
  /** The words that are not to be the English ones. */
  texts: Partial<AllTexts>;
}

/** Gives the components below other words. */
export const TextsProvider = defineComponent<TextsProviderProps, []>(
  (props, { slots }) => {
    const above = inject(TEXTS, undefined);
    provide(
      TEXTS,
      computed(() => ({ ...above?.value, ...props.texts })),
    );
    return () => slots.default?.();
  },
  { name: "TextsProvider", props: ["texts"] },
);

/** With those of a component that brings its own English ones. */
export function useTextsWith<Part extends object>(part: Part): ComputedRef<Texts & Part> {
  const texts = useTexts();
  return computed(() => ({ ...part, ...texts.value }));
}

export function useTexts(): ComputedRef<Texts> {
  const own = inject(TEXTS, undefined);
  return computed(() => ({ ...english, ...own?.value }));
}
