import type { ReactNode } from "react";
import { passwordReset } from "../../ui/mail-plans.js";
import { useAuth } from "../provider.js";
import { type MailedFormProps, MailForm } from "./mail-form.js";
import { useTexts } from "./texts.js";

/** Ask for a mail, then take its code and a new password, or wait for its link to be opened. */
export function ForgotPasswordForm(props: MailedFormProps): ReactNode {
  return <MailForm {...props} plan={passwordReset(useAuth(), useTexts())} />;
}
