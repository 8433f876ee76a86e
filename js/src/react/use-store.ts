import { useSyncExternalStore } from "react";
import type { Store } from "../store.js";

/** The value of a store, and a new render with each new value. */
export function useStore<T>(store: Pick<Store<T>, "get" | "getServer" | "subscribe">): T {
  return useSyncExternalStore(store.subscribe, store.get, store.getServer);
}
