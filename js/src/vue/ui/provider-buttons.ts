import { computed, defineComponent, h, onMounted, onScopeDispose } from "vue";
import type { SocialProvider } from "../../contract.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { markOf } from "../../ui/marks.js";
import { socialEnglish } from "../../ui/social-english.js";
import { createSocialStart, noticeOf, type SocialStartOptions } from "../../ui/social-start.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { ErrorSummary } from "./error-summary.js";
import { drawing } from "./icon.js";
import { useTextsWith } from "./texts.js";
import { useFailure } from "./use-form.js";

export interface ProviderButtonsProps {
  providers: readonly SocialProvider[];
  /** What the button of a provider says. */
  label: (name: string) => string;
  options: SocialStartOptions;
}

/** A button for each provider, and what became of the last one that was pressed. */
export const ProviderButtons = defineComponent<ProviderButtonsProps, []>(
  (props) => {
    const words = useTextsWith(socialEnglish);
    const start = createSocialStart(
      useAuth(),
      () => words.value,
      () => props.options,
    );
    const state = useStore(start);
    const form = useStore(start.form);
    const failure = useFailure(form, words);
    const notice = computed(() => noticeOf(state.value, words.value));
    onMounted(prepareAnnouncer);
    onScopeDispose(start.leave);

    function button(provider: SocialProvider) {
      const { busy, wait } = form.value;
      const { id, name, icon } = provider;
      const going = busy && state.value.at?.id === id && !notice.value;
      const attributes = {
        key: id,
        type: "button",
        class: "spa-button",
        "aria-busy": going,
        "aria-disabled": (busy && !notice.value) || wait > 0,
        onClick: () => start.press(provider),
      };
      return h("button", attributes, [
        going ? h("span", { class: "spa-spinner", "aria-hidden": "true" }) : drawing(markOf(icon)),
        going ? words.value.goingTo(name) : props.label(name),
      ]);
    }

    return () => [
      h(ErrorSummary, { failure: failure.value, wait: form.value.wait, inputs: {} }),
      notice.value ? h("p", { class: "spa-notice" }, notice.value) : null,
      h("div", { class: "spa-providers" }, props.providers.map(button)),
    ];
  },
  { name: "ProviderButtons", props: ["providers", "label", "options"] },
);
