import { passwordReset } from "../../ui/mail-plans.js";
import { type MailedFormProps, mailForm } from "./mail-form.js";

/** Ask for a mail, then take its code and a new password, or wait for its link to be opened. */
export const ForgotPasswordForm = mailForm<MailedFormProps>("ForgotPasswordForm", passwordReset);
