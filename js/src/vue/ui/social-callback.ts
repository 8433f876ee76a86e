import { defineComponent, h, onMounted, type SetupContext } from "vue";
import type { Session } from "../../auth.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createSocialCallback } from "../../ui/social-callback.js";
import { socialEnglish } from "../../ui/social-english.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { useStore } from "../use-store.js";
import { ErrorSummary } from "./error-summary.js";
import { waiting } from "./status.js";
import { useTextsWith } from "./texts.js";
import { useFailure } from "./use-form.js";

export interface SocialCallbackProps {
  /** Which one it is, from the path of the page. */
  provider: string;
  /** Where people sign in otherwise, and go on with a sign-in of which a step is left. */
  signInPath: string;
  /** Where they sign up by mail. */
  signUpPath?: string | undefined;
  /** Where the connected accounts are. */
  accountPath?: string | undefined;
}

type Context = SetupContext<{
  /** It has worked: the session is the answer, and `path` is where to go on. */
  done: (session: Session, path: string) => void;
}>;

/** Where a provider sends people back to: finishes what was begun in this tab, or says why not. */
export const SocialCallback = defineComponent(
  (props: SocialCallbackProps, { emit }: Context) => {
    const words = useTextsWith(socialEnglish);
    // Somebody has to listen, or the other tabs do not hear of it.
    useSession();
    const callback = createSocialCallback(useAuth(), () => ({
      ...props,
      texts: words.value,
      onDone: (session, path) => emit("done", session, path),
    }));
    const state = useStore(callback);
    const form = useStore(callback.form);
    const failure = useFailure(form, words);

    onMounted(() => {
      prepareAnnouncer();
      return callback.start();
    });

    function action({ label, href }: { label: string; href?: string }, index: number) {
      if (href)
        return h(
          "a",
          { key: label, class: ["spa-button", index === 0 && "spa-primary"], href },
          label,
        );
      const { busy, wait } = form.value;
      const attributes = {
        key: label,
        type: "button",
        class: "spa-button spa-primary",
        "aria-busy": busy,
        "aria-disabled": busy || wait > 0,
        onClick: callback.again,
      };
      return h("button", attributes, [
        busy ? h("span", { class: "spa-spinner", "aria-hidden": "true" }) : null,
        label,
      ]);
    }

    return () => {
      const texts = words.value;
      const { connect, handedOver, code } = state.value;
      if (handedOver) return h("p", texts.closeWindow);
      if (!failure.value || !code) return waiting(connect ? texts.connecting : texts.signingIn);
      return h("div", { class: "spa-steps" }, [
        h("h2", texts.socialFailed(code)),
        h(ErrorSummary, { failure: failure.value, wait: form.value.wait, inputs: {} }),
        h("div", { class: "spa-form-foot" }, callback.actions().map(action)),
      ]);
    };
  },
  {
    name: "SocialCallback",
    props: {
      provider: { type: String, required: true },
      signInPath: { type: String, required: true },
      signUpPath: String,
      accountPath: String,
    },
    emits: ["done"],
  },
);
