import { type ReactNode, useCallback, useId } from "react";
import { openModal } from "../../ui/modal.js";

export interface ModalProps {
  title: string;
  /** What it is about, which is read out when it opens. */
  about: ReactNode;
  role?: "alertdialog";
  /** It was closed, by Esc or otherwise. The same function with every render. */
  onDismiss: () => void;
  children: ReactNode;
}

/** A dialog over the page, open as long as it is there. */
export function Modal({ title, about, role, onDismiss, children }: ModalProps): ReactNode {
  const id = useId();
  const modal = useCallback(
    (dialog: HTMLDialogElement) => openModal(dialog, onDismiss),
    [onDismiss],
  );
  return (
    <dialog
      className="spa-dialog"
      role={role}
      ref={modal}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-about`}
    >
      <h2 id={`${id}-title`}>{title}</h2>
      <div id={`${id}-about`}>{about}</div>
      {children}
    </dialog>
  );
}
