import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import type { Challenge } from "../../challenge.js";
import { useAuth } from "../provider.js";
import { useStore } from "../use-store.js";
import { MailProof } from "./mail-proof.js";
import { Modal } from "./modal.js";
import { PasswordProof } from "./password-proof.js";
import { Problem, Waiting } from "./status.js";
import { useTexts } from "./texts.js";

/** Fetched by those who need it: most pages have no providers. */
const SocialProof = lazy(async (): Promise<{ default: ComponentType }> => {
  try {
    const { SocialProof } = await import("./social-proof.js");
    return { default: SocialProof };
  } catch {
    return { default: NotLoaded };
  }
});

/** The form of each way. A way that is not listed is not offered. */
const PROOFS = new Map<string, ComponentType>([
  ["password", PasswordProof],
  ["email", MailProof],
  ["social", SocialProof],
]);

/** Asks who it is when a request wants a fresh proof. Mounted once, beside the pages. */
export function ReauthenticationDialog(): ReactNode {
  const challenge = useStore(useAuth().challenge);
  return challenge && <Dialog ways={challenge.ways} />;
}

function Dialog({ ways }: Challenge) {
  const { cancel } = useAuth().reauthenticate;
  const texts = useTexts();
  const proofs = ways.flatMap((way) => {
    const Proof = PROOFS.get(way);
    return Proof
      ? [
          <Suspense key={way} fallback={<Waiting text={texts.loading} />}>
            <Proof />
          </Suspense>,
        ]
      : [];
  });
  const reason = proofs.length > 0 ? texts.confirmFirst : texts.cannotConfirm;

  return (
    <Modal title={texts.confirmIdentity} about={reason} onDismiss={cancel}>
      {proofs}
      <button type="button" className="spa-button" onClick={cancel}>
        {texts.cancel}
      </button>
    </Modal>
  );
}

function NotLoaded() {
  return <Problem text={useTexts().outage.network} />;
}
