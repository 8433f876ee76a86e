import type { Auth } from "../auth.js";
import type { ListedToken, NewToken, TokenList, TokenMade } from "../contract.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { attempt, type Missing, reasonOf, type Why } from "./failure.js";
import type { Texts, TokenTexts } from "./texts.js";

/** For how many days a new token may be good; null until it is revoked. The second is proposed. */
export const TERMS = [30, 90, 365, null] as const;
export const PROPOSED = 90;

export interface TokensState {
  /** Nothing before the first answer. */
  known: TokenList | undefined;
  /** The one that was just made: the only time that it is known. */
  made: TokenMade | undefined;
  /** Why the list could not be read. */
  trouble: Why | undefined;
  /** Why the last one was not revoked. */
  problem: Why | undefined;
  /** The id of the one that is being revoked. */
  busy: string | undefined;
}

export interface Tokens extends Pick<Store<TokensState>, "get" | "getServer" | "subscribe"> {
  /** Again, when the language is another: the server puts in words what a token may. */
  load: (language?: string) => Promise<void>;
  /** Show one that was made. */
  show: (made: TokenMade) => void;
  /** Forget the text of the one that was made. */
  hide: () => void;
  /** Resolves to whether it is gone. */
  revoke: (token: ListedToken) => Promise<boolean>;
}

const START: TokensState = {
  known: undefined,
  made: undefined,
  trouble: undefined,
  problem: undefined,
  busy: undefined,
};

/** One's API tokens, and what can be done about them. */
export function createTokens(auth: Auth, texts: () => Texts & TokenTexts): Tokens {
  const store = createStore(START);
  const change = (part: Partial<TokensState>) => store.set({ ...store.get(), ...part });

  return {
    get: store.get,
    getServer: store.getServer,
    subscribe: store.subscribe,
    async load() {
      change({ trouble: undefined });
      const { data, error } = await attempt(() => auth.tokens.list());
      change(data ? { known: data } : { trouble: error });
    },
    show(made) {
      const { abilities = [] } = store.get().known ?? {};
      change({ made, known: { abilities, tokens: made.tokens }, problem: undefined });
    },
    hide: () => change({ made: undefined }),
    async revoke(token) {
      if (store.get().busy) return false;
      change({ busy: token.id, problem: undefined });
      const { data, error } = await attempt(async () => {
        const answer = await auth.tokens.revoke(token.id);
        // One that is gone already opens nothing all the same.
        return answer.error?.code === "not_found" ? auth.tokens.list() : answer;
      });
      const { made } = store.get();
      if (error) {
        change({ busy: undefined, problem: error });
        announce(reasonOf(error, texts()));
        return false;
      }
      const left = made?.created.id === token.id ? undefined : made;
      change({ busy: undefined, known: data, made: left });
      announce(texts().revoked(token.name));
      return true;
    },
  };
}

/** What a form asks for. */
export function newTokenOf(form: HTMLFormElement): NewToken {
  const data = new FormData(form);
  const days = String(data.get("days"));
  return {
    name: String(data.get("name")).trim(),
    abilities: data.getAll("abilities").map(String),
    days: days ? Number(days) : null,
  };
}

/** What is missing in it, by field. */
export function missingIn({ name, abilities }: NewToken): Missing {
  return {
    ...(!name && { name: "enterTokenName" }),
    ...(abilities.length === 0 && { abilities: "chooseAbility" }),
  };
}

/** What people read of a token. */
export function describeToken(
  token: ListedToken,
  { abilities }: TokenList,
  texts: Texts & TokenTexts,
) {
  const { hint, createdAt, expiresAt, lastUsedAt } = token;
  const words = new Map(abilities.map(({ name, text }) => [name, text]));
  const moment = (iso: string | null) => iso && texts.moment(iso);
  return [
    texts.tokenMay(
      token.abilities.map((name) => words.get(name) ?? name),
      hint,
    ),
    texts.tokenMadeAt(texts.moment(createdAt), moment(expiresAt)),
    texts.tokenUsedAt(moment(lastUsedAt)),
  ];
}

/** Copy what an input holds; where the browser does not let us, select it. Resolves to what to say. */
export async function copyFrom(input: HTMLInputElement): Promise<"copied" | "notCopied"> {
  try {
    await navigator.clipboard.writeText(input.value);
    return "copied";
  } catch {
    input.select();
    return "notCopied";
  }
}
