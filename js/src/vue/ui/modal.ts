import { defineComponent, h, type ObjectDirective, useId, withDirectives } from "vue";
import { openModal } from "../../ui/modal.js";

export interface ModalProps {
  title: string;
  role?: "alertdialog";
  /** It was closed, by Esc or otherwise. */
  onDismiss: () => void;
}

/** A dialog over the page, open as long as it is there. `about` is read out when it opens. */
export const Modal = defineComponent<ModalProps, []>(
  (props, { slots }) => {
    const id = useId();
    const labels = { "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-about` };
    let close: (() => void) | undefined;
    const modal: ObjectDirective<HTMLDialogElement> = {
      mounted(dialog) {
        close = openModal(dialog, props.onDismiss);
      },
      beforeUnmount: () => close?.(),
    };

    return () => {
      const dialog = h("dialog", { class: "spa-dialog", role: props.role, ...labels }, [
        h("h2", { id: `${id}-title` }, props.title),
        h("div", { id: `${id}-about` }, slots.about?.()),
        slots.default?.(),
      ]);
      return withDirectives(dialog, [[modal]]);
    };
  },
  { name: "ModalDialog", props: ["title", "role", "onDismiss"] },
);
