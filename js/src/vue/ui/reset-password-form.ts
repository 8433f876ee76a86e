import { passwordReset } from "../../ui/mail-plans.js";
import { type LinkFormProps, mailForm } from "./mail-form.js";

/** Choose a new password by the link of the mail that was asked for, and sign in. */
export const ResetPasswordForm = mailForm<LinkFormProps>("ResetPasswordForm", passwordReset);
