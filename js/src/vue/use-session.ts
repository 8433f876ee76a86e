import type { ShallowRef } from "vue";
import type { Snapshot } from "../auth.js";
import { useAuth } from "./plugin.js";
import { useStore } from "./use-store.js";

/** What is known about the session. The first component that asks starts the one request. */
export function useSession(): Readonly<ShallowRef<Snapshot>> {
  return useStore(useAuth());
}
