import { defineComponent, h, ref } from "vue";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { Modal } from "./modal.js";
import { trouble, waiting } from "./status.js";
import { taskButton } from "./task-button.js";
import { useTexts } from "./texts.js";
import { useConfig } from "./use-config.js";
import { useTask } from "./use-task.js";

export interface DeleteAccountFormProps {
  /** `@done`: it has worked, nobody is signed in any more, and the form is gone. */
  onDone?: (() => void) | undefined;
}

/**
 * Delete one's own account, after what comes of it was said twice; nothing while nobody is signed in.
 */
export const DeleteAccountForm = defineComponent<DeleteAccountFormProps, []>(
  (props) => {
    const session = useSession();
    return () => {
      const { value: now } = session;
      if (now.status !== "authenticated") return null;
      // A key per user: what one was asked must not be answered for the next.
      return h(Question, { key: now.user.id, email: now.user.email, onDone: props.onDone });
    };
  },
  // No event: Vue emits none for a component that is gone, and by then this one is.
  { name: "DeleteAccountForm", props: ["onDone"] },
);

const Question = defineComponent<DeleteAccountFormProps & { email: string | null }, []>(
  (props) => {
    const auth = useAuth();
    const words = useTexts();
    const { state, load } = useConfig();
    const [task, run] = useTask();
    const asked = ref(false);
    const keep = () => {
      asked.value = false;
    };

    async function leave(days: number) {
      // First: a dialog that asks for a proof comes over the page, and the focus goes back to it.
      keep();
      const data = await run(
        () => auth.account.delete(),
        ({ deleted }) => deleted(days),
      );
      // Vue makes an array of several listeners.
      if (data) for (const listener of [props.onDone].flat()) listener?.();
    }

    function dialog(days: number) {
      const texts = words.value;
      const button = { type: "button", class: "spa-button" };
      const modal = { title: texts.deleteAccountQuestion, role: "alertdialog" } as const;
      const danger = { ...button, class: "spa-button spa-danger", onClick: () => leave(days) };
      return h(
        Modal,
        { ...modal, onDismiss: keep },
        {
          about: () => meaning(days),
          default: () =>
            h("div", { class: "spa-form-foot" }, [
              h("button", { ...button, onClick: keep }, texts.keepAccount),
              h("button", danger, texts.deleteNow(days)),
            ]),
        },
      );
    }

    const meaning = (days: number) =>
      h(
        "ul",
        { class: "spa-points" },
        words.value.deleteMeans(days, props.email).map((each) => h("li", { key: each }, each)),
      );

    return () => {
      const texts = words.value;
      const { config, error } = state.value;
      if (error) return trouble(error, texts, load);
      if (!config) return waiting(texts.loading);
      const { deleteAfterDays: days } = config.account;
      const { deleteAccount: label, deletingAccount: busyLabel } = texts;
      const press = () => {
        asked.value = !task.value.busy;
      };
      const button = { task: task.value, look: "spa-danger", label, busyLabel, press } as const;
      return h("div", { class: "spa-steps" }, [
        meaning(days),
        ...taskButton(button),
        asked.value ? dialog(days) : null,
      ]);
    };
  },
  { name: "DeleteAccountQuestion", props: ["email", "onDone"] },
);
