import { defineComponent, h } from "vue";
import { saveCopy } from "../../ui/account.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { taskButton } from "./task-button.js";
import { useTexts } from "./texts.js";
import { useTask } from "./use-task.js";

/** Download a copy of what is held about who is signed in; nothing while nobody is. */
export const ExportAccount = defineComponent<object, []>(
  () => {
    const session = useSession();
    return () => {
      const { value: now } = session;
      // A key per user: what became of it for one says nothing to the next.
      return now.status === "authenticated" ? h(Download, { key: now.user.id }) : null;
    };
  },
  { name: "ExportAccount" },
);

const Download = defineComponent<object, []>(
  () => {
    const auth = useAuth();
    const words = useTexts();
    const [task, run] = useTask();

    async function press() {
      const copy = await run(
        () => auth.account.export(),
        ({ exported }) => exported,
      );
      if (copy) saveCopy(copy);
    }

    return () => {
      const { exportAccount: label, exportingAccount: busyLabel } = words.value;
      const button = { task: task.value, look: "spa-primary", label, busyLabel, press } as const;
      return h("div", { class: "spa-steps" }, taskButton(button));
    };
  },
  { name: "DownloadAccount" },
);
