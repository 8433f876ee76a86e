import { type ReactNode, useEffect, useRef } from "react";
import { useAuth } from "../provider.js";
import { TaskButton } from "./task-button.js";
import { useTexts } from "./texts.js";
import { useTask } from "./use-task.js";

export interface RestoreAccountProps {
  /** Of the mail's link. Nothing is sent before the button is pressed. */
  token: string;
  /** It has worked. Nobody is signed in by it. */
  onDone?: () => void;
}

/** Bring an account back that is to be deleted. */
export function RestoreAccount(props: RestoreAccountProps): ReactNode {
  // A key per link: what became of one says nothing of the next.
  return <Restore key={props.token} {...props} />;
}

function Restore({ token, onDone }: RestoreAccountProps) {
  const auth = useAuth();
  const texts = useTexts();
  const [task, run] = useTask();
  const notice = useRef<HTMLDivElement>(null);

  const done = task.status !== "";

  useEffect(() => {
    // The button that had the focus is gone.
    if (done) notice.current?.focus();
  }, [done]);

  async function restore() {
    const data = await run(
      () => auth.account.restore({ token }),
      ({ restored }) => restored,
    );
    if (data) onDone?.();
  }

  return (
    <div className="spa-steps">
      {done ? (
        <div className="spa-notice" ref={notice} tabIndex={-1}>
          <p>{task.status}</p>
        </div>
      ) : (
        <TaskButton
          task={task}
          look="spa-primary"
          label={texts.restoreAccount}
          busyLabel={texts.restoringAccount}
          onPress={restore}
        />
      )}
    </div>
  );
}
