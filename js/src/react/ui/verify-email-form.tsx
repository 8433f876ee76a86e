import type { ReactNode } from "react";
import { verification } from "../../ui/mail-plans.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { type MailedFormProps, MailForm } from "./mail-form.js";
import { Waiting } from "./status.js";
import { useTexts } from "./texts.js";

export interface VerifyEmailFormProps extends MailedFormProps {
  /** Ask for the mail without being told to: the person has just done something that needs it. */
  atOnce?: boolean;
}

/**
 * Prove one's address: signed in, or where a sign-in waits for it. Whoever opens the link in another
 * browser is told to sign in there first.
 */
export function VerifyEmailForm(props: VerifyEmailFormProps): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const session = useSession();
  if (session.status === "loading") return <Waiting text={texts.loading} />;
  return <MailForm {...props} plan={verification(auth, texts, session, props.token)} />;
}
