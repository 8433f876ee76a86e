import type { Snapshot } from "../auth.js";
import { useAuth } from "./provider.js";
import { useStore } from "./use-store.js";

/** What is known about the session. The first component that asks starts the one request. */
export function useSession(): Snapshot {
  return useStore(useAuth());
}
