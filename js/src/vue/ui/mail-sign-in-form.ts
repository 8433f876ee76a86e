import { mailSignIn } from "../../ui/mail-plans.js";
import { type MailedFormProps, mailForm } from "./mail-form.js";

/** Sign in by the code of a mail or, with its token, by its link. */
export const MailSignInForm = mailForm<MailedFormProps>("MailSignInForm", mailSignIn);
