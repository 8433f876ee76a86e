import type { Auth } from "../auth.js";
import type { Activity, ActivityEntry } from "../contract.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { attempt, type Why } from "./failure.js";
import type { ActivityTexts, Texts } from "./texts.js";

export interface ActivityState {
  /** Nothing before the first answer. */
  entries: readonly ActivityEntry[] | undefined;
  /** Where the next page begins; null on the last one. */
  next: string | null;
  /** Why the last page could not be read. */
  problem: Why | undefined;
  busy: boolean;
}

export interface ActivityLog extends Pick<Store<ActivityState>, "get" | "getServer" | "subscribe"> {
  load: () => Promise<void>;
  /** Read the next page. Resolves to how many entries there were before, if it came. */
  more: () => Promise<number | undefined>;
}

const START: ActivityState = { entries: undefined, next: null, problem: undefined, busy: false };

/** What happened to the account, page by page. */
export function createActivity(auth: Auth, texts: () => Texts & ActivityTexts): ActivityLog {
  const store = createStore(START);

  async function load(): Promise<void> {
    if (store.get().busy) return;
    store.set({ ...START, busy: true });
    await read();
  }

  async function more(): Promise<number | undefined> {
    const { entries = [], next, busy } = store.get();
    if (busy || !next) return;
    store.set({ ...store.get(), busy: true, problem: undefined });
    const page = await read(next);
    if (!page) return;
    announce(texts().shownMore(page.entries.length));
    return entries.length;
  }

  async function read(before?: string): Promise<Activity | undefined> {
    const { data, error } = await attempt(() => auth.activity({ before }));
    const { entries = [] } = store.get();
    if (data) {
      const all = [...entries, ...data.entries];
      store.set({ entries: all, next: data.next, problem: undefined, busy: false });
    } else {
      store.set({ ...store.get(), problem: error, busy: false });
    }
    return data;
  }

  return { get: store.get, getServer: store.getServer, subscribe: store.subscribe, load, more };
}

/** Where it was done, as far as that is told: on which device, from which address. */
export function placeOf({ device, address }: ActivityEntry, texts: Texts): string {
  const known = device.browser || device.system;
  const name = known ? texts.device(device.browser, device.system) : undefined;
  return [name, address].filter(Boolean).join(", ");
}
