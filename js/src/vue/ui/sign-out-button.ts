import { defineComponent, h, onMounted, shallowRef } from "vue";
import { announce, prepareAnnouncer } from "../../ui/announcer.js";
import { reasonOf, type Why } from "../../ui/failure.js";
import type { Texts } from "../../ui/texts.js";
import { useAuth } from "../plugin.js";
import { useAction } from "../use-action.js";
import { useSession } from "../use-session.js";
import { useTexts } from "./texts.js";

export interface SignOutButtonProps {
  /** `@signed-out`: it has worked, and the button, and the focus with it, is gone. */
  onSignedOut?: () => void;
}

/**
 * Signs out, and says so if it did not work; nothing while nobody is signed in.
 *
 * Attributes go to the button, and a class takes the place of ours.
 */
export const SignOutButton = defineComponent<SignOutButtonProps, []>(
  (props, { attrs }) => {
    const auth = useAuth();
    const words = useTexts();
    const session = useSession();
    const { run, pending } = useAction(auth.logout);
    const problem = shallowRef<Why>();
    onMounted(prepareAnnouncer);

    async function signOut() {
      problem.value = undefined;
      const { error } = await run();
      problem.value = error;
      announce(error ? stillSignedIn(error, words.value) : words.value.signedOut);
      if (error) return;
      // Vue makes an array of several listeners.
      for (const listener of [props.onSignedOut].flat()) listener?.();
    }

    return () => {
      if (!session.value.isAuthenticated) return null;
      const texts = words.value;
      const busy = pending.value;
      const button = { class: "spa-button", ...attrs, type: "button", "aria-busy": busy };
      return h("span", { class: "spa-sign-out" }, [
        h(
          "button",
          { ...button, onClick: () => signOut() },
          busy ? texts.signingOut : texts.signOut,
        ),
        problem.value
          ? h("span", { class: "spa-problem" }, stillSignedIn(problem.value, texts))
          : null,
      ]);
    };
  },
  // No event: Vue emits none for a component that is gone, and by then this one often is.
  { name: "SignOutButton", inheritAttrs: false, props: ["onSignedOut"] },
);

function stillSignedIn(error: Why, texts: Texts): string {
  return texts.stillSignedIn(reasonOf(error, texts));
}
