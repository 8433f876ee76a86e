import {
  defineComponent,
  Fragment,
  h,
  onActivated,
  onDeactivated,
  ref,
  type SlotsType,
  type VNode,
  watch,
} from "vue";
import { RouterView, useRoute, useRouter } from "vue-router";
import { signInLink } from "../next.js";
import { useSession } from "../vue/use-session.js";
import { mustSignIn } from "./must-sign-in.js";

export interface RequireSessionProps {
  /** Where the sign-in page is. It gets the wanted address as `next`; read it with `safeNext`. */
  signInPath: string;
}

export interface RequireSessionSlots {
  /** What is guarded; the routes below, unless something is given. */
  default: () => VNode[];
  /** Shown until the server has said who this is. */
  waiting: () => VNode[];
  /** Shown when the server cannot say. Offer `auth.load()` to try again. */
  unavailable: () => VNode[];
}

/** Shows what it guards to a signed-in visitor, and sends everybody else to the sign-in page. */
export const RequireSession = defineComponent<
  RequireSessionProps,
  [],
  string,
  SlotsType<Partial<RequireSessionSlots>>
>(
  (props, { slots }) => {
    const session = useSession();
    const router = useRouter();
    const route = useRoute();
    // Behind another page, kept alive, it must not take that page away.
    const active = ref(true);
    onActivated(() => {
      active.value = true;
    });
    onDeactivated(() => {
      active.value = false;
    });

    watch(
      () => active.value && mustSignIn(session.value),
      (leave) => (leave ? router.replace(signInLink(props.signInPath, route.fullPath)) : undefined),
      { immediate: true },
    );

    return () => {
      const { value: now } = session;
      switch (now.status) {
        case "authenticated":
          // A key per user: when another tab changes the user, nothing of the last one stays on screen.
          return h(Fragment, { key: now.user.id }, slots.default?.() ?? [h(RouterView)]);
        case "loading":
          return slots.waiting?.();
        case "unavailable":
          return slots.unavailable?.();
        default:
          return null;
      }
    };
  },
  { name: "RequireSession", props: { signInPath: { type: String, required: true } } },
);
