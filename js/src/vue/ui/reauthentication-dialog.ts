import { type Component, defineAsyncComponent, defineComponent, h } from "vue";
import type { Challenge } from "../../challenge.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { MailProof } from "./mail-proof.js";
import { Modal } from "./modal.js";
import { PasswordProof } from "./password-proof.js";
import { problem } from "./status.js";
import { useTexts } from "./texts.js";

/** Fetched by those who need it: most pages have no providers. */
const SocialProof = defineAsyncComponent(async (): Promise<Component> => {
  try {
    return (await import("./social-proof.js")).SocialProof;
  } catch {
    return NotLoaded;
  }
});

/** The form of each way. A way that is not listed is not offered. */
const PROOFS = new Map<string, Component>([
  ["password", PasswordProof],
  ["email", MailProof],
  ["social", SocialProof],
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

const NotLoaded = defineComponent<object, []>(
  () => {
    const texts = useTexts();
    return () => problem(texts.value.outage.network);
  },
  { name: "NotLoaded" },
);
