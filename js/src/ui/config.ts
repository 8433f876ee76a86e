import { createAction } from "../action.js";
import type { Auth } from "../auth.js";
import type { Config, Refusal } from "../contract.js";
import type { Outage } from "../outage.js";
import { createStore, type Store } from "../store.js";

export interface ConfigState {
  config?: Config | undefined;
  /** Why it could not be read. */
  error?: Refusal | Outage | undefined;
}

export interface ConfigSource extends Pick<Store<ConfigState>, "get" | "getServer" | "subscribe"> {
  /** Read it, unless it is known. One request, however many ask. */
  load: () => void;
}

const sources = new WeakMap<Auth, ConfigSource>();

/** What the installation offers: nothing until the first answer. */
export function configOf(auth: Auth): ConfigSource {
  const source = sources.get(auth) ?? createSource(auth);
  sources.set(auth, source);
  return source;
}

function createSource(auth: Auth): ConfigSource {
  const store = createStore<ConfigState>({});
  const { run } = createAction(auth.config);

  async function load(): Promise<void> {
    if (store.get().config) return;
    store.set({});
    const { data, error } = await run();
    store.set({ config: data, error });
  }

  const { get, getServer, subscribe } = store;
  return { get, getServer, subscribe, load: () => void load() };
}

/** Attributes of a field for a new password, from which password managers make one. */
export interface NewPasswordRules {
  minLength?: number;
  maxLength?: number;
  passwordrules?: string;
}

/** The project's rules. Without them the form works too: the server refuses what is too short. */
export function passwordRules({ config }: ConfigState): NewPasswordRules {
  if (!config) return {};
  const { minLength, maxLength } = config.password;
  const passwordrules = `minlength: ${minLength}; maxlength: ${maxLength};`;
  return { minLength, maxLength, passwordrules };
}
