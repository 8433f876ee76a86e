import { defineComponent, h, onMounted } from "vue";
import { createConnections, providersIn } from "../../ui/connections.js";
import { socialEnglish } from "../../ui/social-english.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { ProviderButtons } from "./provider-buttons.js";
import { trouble as troubleBox, waiting } from "./status.js";
import { useTextsWith } from "./texts.js";

/** The page stays, because what was begun on it waits there. */
const OPTIONS = { popup: "only" } as const;

/** Confirm who one is by signing in at a provider again. */
export const SocialProof = defineComponent<object, []>(
  () => {
    const words = useTextsWith(socialEnglish);
    const connections = createConnections(useAuth());
    const state = useStore(connections);
    onMounted(connections.load);

    return () => {
      const texts = words.value;
      const { list, trouble } = state.value;
      if (trouble) return troubleBox(trouble, texts, () => void connections.load());
      if (!list) return waiting(texts.loading);
      const providers = providersIn(state.value, true);
      return h(
        "div",
        { class: "spa-steps" },
        h(ProviderButtons, { providers, label: texts.confirmWith, options: OPTIONS }),
      );
    };
  },
  { name: "SocialProof" },
);
