import { type ReactNode, useCallback, useState } from "react";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { Modal } from "./modal.js";
import { Trouble, Waiting } from "./status.js";
import { TaskButton } from "./task-button.js";
import { useTexts } from "./texts.js";
import { useConfig } from "./use-config.js";
import { useTask } from "./use-task.js";

export interface DeleteAccountFormProps {
  /** Called when it has worked: nobody is signed in any more, and the form is gone. */
  onDone?: () => void;
}

/**
 * Delete one's own account, after what comes of it was said twice; nothing while nobody is signed in.
 */
export function DeleteAccountForm({ onDone }: DeleteAccountFormProps): ReactNode {
  const session = useSession();
  if (session.status !== "authenticated") return null;
  // A key per user: what one was asked must not be answered for the next.
  return <Question key={session.user.id} email={session.user.email} onDone={onDone} />;
}

interface QuestionProps {
  email: string | null;
  onDone: (() => void) | undefined;
}

function Question({ email, onDone }: QuestionProps) {
  const auth = useAuth();
  const texts = useTexts();
  const { config, error, load } = useConfig();
  const [task, run] = useTask();
  const [asked, setAsked] = useState(false);
  const keep = useCallback(() => setAsked(false), []);
  if (error) return <Trouble why={error} onRetry={load} />;
  if (!config) return <Waiting text={texts.loading} />;

  const days = config.account.deleteAfterDays;
  const meaning = (
    <ul className="spa-points">
      {texts.deleteMeans(days, email).map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );

  async function leave() {
    // First: a dialog that asks for a proof comes over the page, and the focus goes back to it.
    keep();
    const data = await run(
      () => auth.account.delete(),
      ({ deleted }) => deleted(days),
    );
    if (data) onDone?.();
  }

  return (
    <div className="spa-steps">
      {meaning}
      <TaskButton
        task={task}
        look="spa-danger"
        label={texts.deleteAccount}
        busyLabel={texts.deletingAccount}
        onPress={() => setAsked(!task.busy)}
      />
      {asked && (
        <Modal
          title={texts.deleteAccountQuestion}
          about={meaning}
          role="alertdialog"
          onDismiss={keep}
        >
          <div className="spa-form-foot">
            <button type="button" className="spa-button" onClick={keep}>
              {texts.keepAccount}
            </button>
            <button type="button" className="spa-button spa-danger" onClick={leave}>
              {texts.deleteNow(days)}
            </button>
          </div>
        </Modal>
      )}
    </div>
  );
}
