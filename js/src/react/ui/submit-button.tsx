import type { ReactNode } from "react";

export interface SubmitButtonProps {
  label: string;
  busyLabel: string;
  busy: boolean;
  waiting?: boolean;
}

/** Never `disabled`: that would throw the focus away. The form refuses a second submission. */
export function SubmitButton({
  label,
  busyLabel,
  busy,
  waiting = false,
}: SubmitButtonProps): ReactNode {
  return (
    <button
      type="submit"
      className="spa-button spa-primary"
      aria-busy={busy}
      aria-disabled={busy || waiting}
    >
      {busy && <span className="spa-spinner" aria-hidden="true" />}
      {busy ? busyLabel : label}
    </button>
  );
}
