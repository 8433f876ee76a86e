import type { ReactNode } from "react";
import type { ShownTask } from "../../ui/task.js";
import { Icon } from "./icon.js";
import { Problem } from "./status.js";

export interface TaskButtonProps {
  task: ShownTask;
  look: "spa-primary" | "spa-danger";
  label: string;
  busyLabel: string;
  onPress: () => void;
}

/** A button with what it has done, or why it did not work. */
export function TaskButton({ task, look, label, busyLabel, onPress }: TaskButtonProps): ReactNode {
  const { busy, problem, status } = task;
  return (
    <>
      {problem && <Problem text={problem} />}
      <div className="spa-form-foot">
        <button
          type="button"
          className={`spa-button ${look}`}
          aria-busy={busy}
          aria-disabled={busy}
          onClick={onPress}
        >
          {busy && <span className="spa-spinner" aria-hidden="true" />}
          {busy ? busyLabel : label}
        </button>
        {status && (
          <span className="spa-saved">
            <Icon name="check" />
            {status}
          </span>
        )}
      </div>
    </>
  );
}
