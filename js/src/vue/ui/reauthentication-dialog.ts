import { type Component, defineComponent, h } from "vue";
import type { Challenge } from "../../challenge.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { MailProof } from "./mail-proof.js";
import { Modal } from "./modal.js";
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

    return () => {
      const texts = words.value;
      const proofs = props.ways.flatMap((way) => {
        const proof = PROOFS.get(way);
        return proof ? [h(proof, { key: way })] : [];
      });
      const reason = proofs.length > 0 ? texts.confirmFirst : texts.cannotConfirm;
      return h(
        Modal,
        { title: texts.confirmIdentity, onDismiss: cancel },
        {
          about: () => reason,
          default: () => [
            ...proofs,
            h("button", { type: "button", class: "spa-button", onClick: cancel }, texts.cancel),
          ],
        },
      );
    };
  },
  { name: "ReauthenticationForms", props: ["ways"] },
);
