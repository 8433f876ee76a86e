import type { ReactNode } from "react";
import { mailSignIn } from "../../ui/mail-plans.js";
import { useAuth } from "../provider.js";
import { type MailedFormProps, MailForm } from "./mail-form.js";
import { useTexts } from "./texts.js";

/** Sign in by the code of a mail or, with its token, by its link. */
export function MailSignInForm(props: MailedFormProps): ReactNode {
  return <MailForm {...props} plan={mailSignIn(useAuth(), useTexts())} />;
}
