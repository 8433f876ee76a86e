import { german as germanTexts, TextsProvider } from "django-spa-auth/react";
import { createContext, type ReactNode, useContext, useState } from "react";
import { english, german, type Words } from "./words";

/** Each in its own name. The components speak English without being told to. */
export const LANGUAGES = {
  en: { name: "English", words: english, texts: {} },
  de: { name: "Deutsch", words: german, texts: germanTexts },
} as const;

export type Language = keyof typeof LANGUAGES;

/** Where the visitor's choice is kept. */
const KEY = "language";

interface Choice {
  language: Language;
  choose: (language: string) => void;
}

const LanguageContext = createContext<Choice>({ language: "en", choose: () => {} });

/** Makes everything below speak the language of the visitor. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => speak(firstLanguage()));

  function choose(next: string) {
    if (!isLanguage(next)) return;
    localStorage.setItem(KEY, next);
    setLanguage(speak(next));
  }

  return (
    <LanguageContext value={{ language, choose }}>
      <TextsProvider texts={LANGUAGES[language].texts}>{children}</TextsProvider>
    </LanguageContext>
  );
}

export function useLanguage(): Choice {
  return useContext(LanguageContext);
}

export function useWords(): Words {
  return LANGUAGES[useLanguage().language].words;
}

/** What was chosen here before, otherwise what the browser prefers of what there is. */
function firstLanguage(): Language {
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2));
  return [localStorage.getItem(KEY), ...preferred].find(isLanguage) ?? "en";
}

/** Also to the server: the client asks for its answers in the language of the page. */
function speak(language: Language): Language {
  document.documentElement.lang = language;
  return language;
}

function isLanguage(tag: string | null): tag is Language {
  return tag !== null && Object.hasOwn(LANGUAGES, tag);
}
