import { defineComponent, h } from "vue";
import { socialEnglish } from "../../ui/social-english.js";
import { ProviderButtons } from "./provider-buttons.js";
import { useTextsWith } from "./texts.js";
import { useConfig } from "./use-config.js";

export interface SocialButtonsProps {
  /** The path to come back to. Otherwise it is `/`. Only a path of this site is followed. */
  next?: string | undefined;
  /** False ends the session with the browser. */
  remember?: boolean | undefined;
  /** Go on in a window of its own, while the page stays; where none opens, the page leaves. */
  popup?: boolean | undefined;
}

/** Sign in or up with a provider; nothing where the server has none. Stands below the form. */
export const SocialButtons = defineComponent<SocialButtonsProps, []>(
  (props) => {
    const words = useTextsWith(socialEnglish);
    const { state } = useConfig();

    return () => {
      const providers = state.value.config?.social?.providers ?? [];
      if (providers.length === 0) return null;
      const { or, continueWith: label } = words.value;
      return h("div", { class: "spa-steps spa-social" }, [
        h("p", { class: "spa-or" }, or),
        h(ProviderButtons, { providers, label, options: { ...props } }),
      ]);
    };
  },
  {
    name: "SocialButtons",
    props: {
      next: String,
      // Left out it is not false.
      remember: { type: Boolean, default: undefined },
      popup: Boolean,
    },
  },
);
