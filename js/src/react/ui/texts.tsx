import { createContext, type ReactNode, useContext, useMemo } from "react";
import { english } from "../../ui/english.js";
import type { AllTexts, Texts } from "../../ui/texts.js";

const TextsContext = createContext<Texts>(english);

export interface TextsProviderProps {
  /** The words that are not to be the English ones. */
  texts: Partial<AllTexts>;
  children: ReactNode;
}

/** Gives the components below other words. */
export function TextsProvider({ texts, children }: TextsProviderProps): ReactNode {
  const above = useTexts();
  const merged = useMemo(() => ({ ...above, ...texts }), [above, texts]);
  return <TextsContext value={merged}>{children}</TextsContext>;
}

/** With those of a component that brings its own English ones. */
export function useTextsWith<Part extends object>(english: Part): Texts & Part {
  const texts = useTexts();
  return useMemo(() => ({ ...english, ...texts }), [english, texts]);
}

export function useTexts(): Texts {
  return useContext(TextsContext);
}
