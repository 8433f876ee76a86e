import { TextsProvider, useSession } from "django-spa-auth/react";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import {
  firstLanguage,
  isLanguage,
  keep,
  LANGUAGES,
  type Language,
  type Spoken,
  say,
} from "./languages";
import type { Words } from "./words";
import { english as shell } from "./words/shell";

interface State {
  chosen: Language;
  /** What the page speaks until that has come. */
  shown: Language;
  spoken?: Spoken;
  /** Whether the language that was asked for last did not come. */
  failed: boolean;
}

interface Choice extends Pick<State, "chosen" | "shown" | "failed"> {
  choose: (language: string) => void;
}

const ChoiceContext = createContext<Choice>({
  chosen: "en",
  shown: "en",
  failed: false,
  choose: () => {},
});
const WordsContext = createContext<Partial<Words>>({});

/** Makes everything below speak the language of the visitor. Shows nothing before that is here. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [{ chosen, shown, spoken, failed }, setState] = useState(firstState);
  // Who it is, is asked at once, while the words are on their way.
  useSession();

  useEffect(() => {
    let current = true;
    function arrived(spoken: Spoken) {
      if (!current) return;
      say(chosen);
      setState((now) => ({ ...now, shown: chosen, spoken }));
    }
    function missing() {
      if (current) setState((now) => ({ ...now, chosen: now.shown, failed: true }));
    }
    LANGUAGES[chosen].load().then(arrived, missing);
    return () => {
      current = false;
    };
  }, [chosen]);

  function choose(next: string) {
    if (!isLanguage(next)) return;
    keep(next);
    setState((now) => ({ ...now, chosen: next, failed: false }));
  }

  if (!spoken) return null;
  return (
    <ChoiceContext value={{ chosen, shown, failed, choose }}>
      <WordsContext value={spoken.words}>
        <TextsProvider texts={spoken.texts}>{children}</TextsProvider>
      </WordsContext>
    </ChoiceContext>
  );
}

export function useLanguage(): Choice {
  return useContext(ChoiceContext);
}

/** The words around the pages and, from its English ones, those of a group of pages. */
export function useWords(): Words["shell"];
export function useWords<Group extends keyof Words>(
  group: Group,
  english: Words[Group],
): Words["shell"] & Words[Group];
export function useWords<Group extends keyof Words>(group?: Group, english?: Words[Group]) {
  const words = useContext(WordsContext);
  return { ...shell, ...words.shell, ...english, ...(group && words[group]) };
}

// The first request asks for this language already.
function firstState(): State {
  return { chosen: say(firstLanguage()), shown: "en", failed: false };
}
