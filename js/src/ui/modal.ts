import { placeAnnouncer } from "./announcer.js";

/**
 * Show a dialog over the page, which is out of reach meanwhile. `onDismiss` hears when it is closed by
 * Esc or anything else than the function that is returned. The focus goes back to where it was.
 */
export function openModal(dialog: HTMLDialogElement, onDismiss: () => void): () => void {
  const closed = () => {
    // It may have been opened anew before the event came.
    if (!dialog.open) onDismiss();
  };
  dialog.addEventListener("close", closed);
  dialog.showModal();
  // A browser would take the account's name, which is there for password managers only.
  dialog.querySelector<HTMLElement>("input:not([readonly]), button")?.focus();
  // What is said behind a modal dialog is not read.
  placeAnnouncer(dialog);
  return () => {
    placeAnnouncer(document.body);
    dialog.removeEventListener("close", closed);
    dialog.close();
  };
}
