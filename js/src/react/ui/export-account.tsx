import type { ReactNode } from "react";
import { saveCopy } from "../../ui/account.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { TaskButton } from "./task-button.js";
import { useTexts } from "./texts.js";
import { useTask } from "./use-task.js";

/** Download a copy of what is held about who is signed in; nothing while nobody is. */
export function ExportAccount(): ReactNode {
  const session = useSession();
  // A key per user: what became of it for one says nothing to the next.
  return session.status === "authenticated" && <Download key={session.user.id} />;
}

function Download() {
  const auth = useAuth();
  const texts = useTexts();
  const [task, run] = useTask();

  async function press() {
    const copy = await run(
      () => auth.account.export(),
      ({ exported }) => exported,
    );
    if (copy) saveCopy(copy);
  }

  return (
    <div className="spa-steps">
      <TaskButton
        task={task}
        look="spa-primary"
        label={texts.exportAccount}
        busyLabel={texts.exportingAccount}
        onPress={press}
      />
    </div>
  );
}
