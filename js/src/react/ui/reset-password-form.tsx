import type { ReactNode } from "react";
import { passwordReset } from "../../ui/mail-plans.js";
import { useAuth } from "../provider.js";
import { type LinkFormProps, MailForm } from "./mail-form.js";
import { useTexts } from "./texts.js";

/** Choose a new password by the link of the mail that was asked for, and sign in. */
export function ResetPasswordForm(props: LinkFormProps): ReactNode {
  return <MailForm {...props} plan={passwordReset(useAuth(), useTexts())} />;
}
