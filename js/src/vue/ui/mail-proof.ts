import { mailProof } from "../../ui/mail-plans.js";
import { type MailedFormProps, mailForm } from "./mail-form.js";

/** Confirm who one is with the code of a mail. */
export const MailProof = mailForm<MailedFormProps>("MailProof", mailProof);
