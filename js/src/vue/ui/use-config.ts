import { onMounted, type ShallowRef } from "vue";
import { type ConfigState, configOf } from "../../ui/config.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";

/** What the installation offers, and how to ask for it again. */
export function useConfig(): { state: Readonly<ShallowRef<ConfigState>>; load: () => void } {
  const source = configOf(useAuth());
  onMounted(source.load);
  return { state: useStore(source), load: source.load };
}
