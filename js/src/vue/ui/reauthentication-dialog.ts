import {
  type Component,
  defineComponent,
  h,
  type ObjectDirective,
  useId,
  withDirectives,
} from "vue";
import type { Challenge } from "../../challenge.js";
import { openModal } from "../../ui/modal.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { MailProof } from "./mail-proof.js";
import { PasswordProof } from "./password-proof.js";
import { useTexts } from "./texts.js";

/** The form of each way. A way that is not listed is not offered. */
const PROOFS = new Map<string, Component>([
  ["password", PasswordProof],
  ["email", MailProof],
]);

/** Asks who it is when a request wants a fresh proof. Mounted once, beside the pages. */
export const ReauthenticationDialog = defineComponent<object, []>(
  () => {
    const challenge = useStore(useAuth().challenge);
    return () => challenge.value && h(Dialog, { ways: challenge.value.ways });
  },
  { name: "ReauthenticationDialog" },
);

const Dialog = defineComponent<Challenge, []>(
  (props) => {
    const { cancel } = useAuth().reauthenticate;
    const words = useTexts();
    const id = useId();
    const labels = { "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-reason` };
    let close: (() => void) | undefined;
    const modal: ObjectDirective<HTMLDialogElement> = {
      mounted(dialog) {
        close = openModal(dialog, cancel);
      },
      beforeUnmount: () => close?.(),
    };

    return () => {
      const texts = words.value;
      const proofs = props.ways.flatMap((way) => {
        const proof = PROOFS.get(way);
        return proof ? [h(proof, { key: way })] : [];
      });
      const reason = proofs.length > 0 ? texts.confirmFirst : texts.cannotConfirm;
      const dialog = h("dialog", { class: "spa-dialog", ...labels }, [
        h("h2", { id: `${id}-title` }, texts.confirmIdentity),
        h("p", { id: `${id}-reason` }, reason),
        proofs,
        h("button", { type: "button", class: "spa-button", onClick: cancel }, texts.cancel),
      ]);
      return withDirectives(dialog, [[modal]]);
    };
  },
  { name: "ReauthenticationForms", props: ["ways"] },
);
