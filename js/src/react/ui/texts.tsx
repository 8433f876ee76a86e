import { createContext, type ReactNode, useContext, useMemo } from "react";
import { english } from "../../ui/english.js";
import type { Texts } from "../../ui/texts.js";

const TextsContext = createContext<Texts>(english);

export interface TextsProviderProps {
  /** The words that are not to be the English ones. */
  texts: Partial<Texts>;
  children: ReactNode;
}

/** Gives the components below other words. */
export function TextsProvider({ texts, children }: TextsProviderProps): ReactNode {
  const above = useTexts();
  const merged = useMemo(() => ({ ...above, ...texts }), [above, texts]);
  return <TextsContext value={merged}>{children}</TextsContext>;
}

export function useTexts(): Texts {
  return useContext(TextsContext);
}
