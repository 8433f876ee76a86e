import { useEffect } from "react";
import { type ConfigState, configOf } from "../../ui/config.js";
import { useAuth } from "../provider.js";
import { useStore } from "../use-store.js";

/** What the installation offers, and how to ask for it again. */
export function useConfig(): ConfigState & { load: () => void } {
  const source = configOf(useAuth());
  useEffect(() => source.load(), [source]);
  return { ...useStore(source), load: source.load };
}
