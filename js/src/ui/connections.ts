import type { Auth } from "../auth.js";
import type { SocialConnection, SocialProvider } from "../contract.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { attempt, reasonOf, type Why } from "./failure.js";
import type { SocialTexts, Texts } from "./texts.js";

export interface ConnectionsState {
  providers: readonly SocialProvider[];
  /** Nothing before the first answer. */
  list: readonly SocialConnection[] | undefined;
  /** Why the list could not be read. */
  trouble: Why | undefined;
  /** Why the last one was not disconnected. */
  problem: Why | undefined;
  /** The id of what is being disconnected. */
  busy: string | undefined;
}

export interface Connections
  extends Pick<Store<ConnectionsState>, "get" | "getServer" | "subscribe"> {
  load: () => Promise<void>;
  /** Have a screen reader say what became of it. Resolves to whether it is gone. */
  disconnect: (connection: SocialConnection, texts: () => Texts & SocialTexts) => Promise<boolean>;
}

const START: ConnectionsState = {
  providers: [],
  list: undefined,
  trouble: undefined,
  problem: undefined,
  busy: undefined,
};

/** The accounts elsewhere by which the person can sign in. */
export function createConnections(auth: Auth): Connections {
  const store = createStore(START);
  const change = (part: Partial<ConnectionsState>) => store.set({ ...store.get(), ...part });

  async function load(): Promise<void> {
    store.set(START);
    const { data, error } = await attempt(() => auth.social.list());
    change(data ? { providers: data.providers, list: data.connections } : { trouble: error });
  }

  async function disconnect(
    connection: SocialConnection,
    texts: () => Texts & SocialTexts,
  ): Promise<boolean> {
    const name = accountName(connection, store.get());
    change({ busy: connection.id, problem: undefined });
    const { data, error: problem } = await attempt(() => auth.social.disconnect(connection.id));
    change({ busy: undefined, problem, ...(data && { list: data.connections }) });
    announce(problem ? reasonOf(problem, texts()) : texts().disconnected(name));
    return data !== undefined;
  }

  const { get, getServer, subscribe } = store;
  return { get, getServer, subscribe, load, disconnect };
}

/** The provider of a connection. It may be one that is not offered any more. */
export function providerOf(
  { provider, name }: SocialConnection,
  { providers }: Pick<ConnectionsState, "providers">,
): SocialProvider {
  const known = providers.find(({ id }) => id === provider);
  return known ?? { id: provider, name, icon: "" };
}

/** What a connection is called: its provider and, where there are several of that, whose it is. */
export function accountName(
  connection: SocialConnection,
  { providers, list = [] }: Pick<ConnectionsState, "providers" | "list">,
): string {
  const { name } = providerOf(connection, { providers });
  const same = list.filter(({ provider }) => provider === connection.provider);
  return same.length > 1 && connection.address ? `${name} (${connection.address})` : name;
}

/** The providers by which the person can sign in, or those by which not yet. */
export function providersIn(
  { providers, list = [] }: Pick<ConnectionsState, "providers" | "list">,
  connected: boolean,
): readonly SocialProvider[] {
  return providers.filter(({ id }) => list.some(({ provider }) => provider === id) === connected);
}

/** The path of this page, to come back to. */
export function pageHere(): string {
  return location.pathname + location.search;
}
