import { defineComponent, h, onMounted, ref } from "vue";
import { announce, prepareAnnouncer } from "../../ui/announcer.js";
import { reasonOf } from "../../ui/failure.js";
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
    const problem = ref("");
    onMounted(prepareAnnouncer);

    async function signOut() {
      const texts = words.value;
      problem.value = "";
      const { error } = await run();
      const reason = error && texts.stillSignedIn(reasonOf(error, texts));
      announce(reason ?? texts.signedOut);
      if (reason) {
        problem.value = reason;
        return;
      }
      // Vue makes an array of several listeners.
      for (const listener of [props.onSignedOut].flat()) listener?.();
    }

    return () => {
      if (!session.value.isAuthenticated) return null;
      const { signOut: label, signingOut } = words.value;
      const busy = pending.value;
      const button = { class: "spa-button", ...attrs, type: "button", "aria-busy": busy };
      return h("span", { class: "spa-sign-out" }, [
        h("button", { ...button, onClick: () => signOut() }, busy ? signingOut : label),
        problem.value ? h("span", { class: "spa-problem" }, problem.value) : null,
      ]);
    };
  },
  // No event: Vue emits none for a component that is gone, and by then this one often is.
  { name: "SignOutButton", inheritAttrs: false, props: ["onSignedOut"] },
);
