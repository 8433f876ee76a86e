import type { ReactNode } from "react";
import { emailChange, emailUndo } from "../../ui/mail-plans.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { type LinkFormProps, type MailedFormProps, MailForm } from "./mail-form.js";
import { useTexts } from "./texts.js";

/** Have another address, by the code of the mail to it; nothing while nobody is signed in. */
export function ChangeEmailForm({ onDone }: Pick<MailedFormProps, "onDone">): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const session = useSession();
  if (session.status !== "authenticated") return null;
  const { id, email, emailVerified } = session.user;
  // A key per user: what one typed must not be sent as the next one's.
  return (
    <div className="spa-steps" key={id}>
      {email && (
        <p>
          {texts.addressNow(email)}{" "}
          {!emailVerified && <span className="spa-badge">{texts.notVerified}</span>}
        </p>
      )}
      <MailForm plan={emailChange(auth, texts)} onDone={onDone} />
    </div>
  );
}

/** Have another address, by the link of the mail to it. */
export function ConfirmEmailChange(props: LinkFormProps): ReactNode {
  return <MailForm {...props} plan={emailChange(useAuth(), useTexts())} />;
}

/** Have the old address back, by the link that it was sent. Everybody is signed out. */
export function UndoEmailChange(props: LinkFormProps): ReactNode {
  return <MailForm {...props} plan={emailUndo(useAuth(), useTexts())} />;
}
