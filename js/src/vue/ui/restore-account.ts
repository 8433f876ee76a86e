import { computed, defineComponent, h, type SetupContext, shallowRef, watchPostEffect } from "vue";
import { useAuth } from "../plugin.js";
import { taskButton } from "./task-button.js";
import { useTexts } from "./texts.js";
import { useTask } from "./use-task.js";

export interface RestoreAccountProps {
  /** Of the mail's link. Nothing is sent before the button is pressed. */
  token: string;
}

type Context = SetupContext<{
  /** It has worked. Nobody is signed in by it. */
  done: () => void;
}>;

/** Bring an account back that is to be deleted. */
export const RestoreAccount = defineComponent(
  (props: RestoreAccountProps, { emit }: Context) =>
    // A key per link: what became of one says nothing of the next.
    () =>
      h(Restore, { key: props.token, token: props.token, onDone: () => emit("done") }),
  { name: "RestoreAccount", props: ["token"], emits: ["done"] },
);

const Restore = defineComponent(
  (props: RestoreAccountProps, { emit }: Context) => {
    const auth = useAuth();
    const words = useTexts();
    const [task, run] = useTask();
    const notice = shallowRef<HTMLElement | null>(null);

    const done = computed(() => task.value.status !== "");

    watchPostEffect(() => {
      // The button that had the focus is gone.
      if (done.value) notice.value?.focus();
    });

    async function press() {
      const data = await run(
        () => auth.account.restore({ token: props.token }),
        ({ restored }) => restored,
      );
      if (data) emit("done");
    }

    return () => {
      const { restoreAccount: label, restoringAccount: busyLabel } = words.value;
      const { status } = task.value;
      const button = { task: task.value, look: "spa-primary", label, busyLabel, press } as const;
      const content = done.value
        ? [h("div", { class: "spa-notice", ref: notice, tabindex: -1 }, h("p", status))]
        : taskButton(button);
      return h("div", { class: "spa-steps" }, content);
    };
  },
  { name: "RestoreByLink", props: ["token"], emits: ["done"] },
);
