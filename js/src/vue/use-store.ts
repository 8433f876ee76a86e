import { getCurrentInstance, onMounted, onScopeDispose, type ShallowRef, shallowRef } from "vue";
import type { Store } from "../store.js";

/** The value of a store, and every new one as long as the component lives. */
export function useStore<T>(
  store: Pick<Store<T>, "get" | "getServer" | "subscribe">,
): Readonly<ShallowRef<T>> {
  // A server renders once and disposes of nothing, so a listener would stay for ever.
  if (typeof document === "undefined") return shallowRef(store.getServer());

  // Only a component that takes over what a server rendered has its element before its setup. Until
  // it is mounted it has to show what the server showed.
  let hydrating = Boolean(getCurrentInstance()?.vnode.el);
  const value = shallowRef(hydrating ? store.getServer() : store.get());
  const follow = () => {
    if (!hydrating) value.value = store.get();
  };
  onScopeDispose(store.subscribe(follow));
  if (hydrating) {
    onMounted(() => {
      hydrating = false;
      follow();
    });
  }
  return value;
}
