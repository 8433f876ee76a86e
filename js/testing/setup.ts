import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A machine that is busy with other things takes longer than a second.
configure({ asyncUtilTimeout: 5_000 });

afterEach(() => {
  cleanup();
  // The live region stands beside what a test shows.
  if (typeof document !== "undefined") document.body.replaceChildren();
});

// jsdom knows the element but not what it does: what it does to the focus and to `open`.
if (typeof HTMLDialogElement !== "undefined") {
  const before = new WeakMap<HTMLDialogElement, Element | null>();
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      if (this.open || !this.isConnected) throw new DOMException("", "InvalidStateError");
      before.set(this, document.activeElement);
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      if (!this.open) return;
      this.open = false;
      const last = before.get(this);
      if (last instanceof HTMLElement) last.focus();
      setTimeout(() => this.dispatchEvent(new Event("close")));
    },
  });
}
