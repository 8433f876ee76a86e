import { defineComponent, Fragment, h, type SlotsType } from "vue";
import type { SignedInSession } from "../auth.js";
import { useSession } from "./use-session.js";

export interface SignedInSlots {
  default: { session: SignedInSession };
}

/** Shows its slot while somebody is signed in. */
export const SignedIn = defineComponent<object, [], string, SlotsType<SignedInSlots>>(
  (_, { slots }) => {
    const session = useSession();
    return () => {
      const { value } = session;
      if (value.status !== "authenticated") return null;
      // A key per user: when another tab changes the user, nothing of the last one stays on screen.
      return h(Fragment, { key: value.user.id }, slots.default?.({ session: value }));
    };
  },
  { name: "SignedIn" },
);

/** Shows its slot while nobody is signed in; nothing as long as that is not known. */
export const SignedOut = defineComponent<object, []>(
  (_, { slots }) => {
    const session = useSession();
    return () => {
      const { status } = session.value;
      return status === "anonymous" || status === "pending" ? slots.default?.() : null;
    };
  },
  { name: "SignedOut" },
);
