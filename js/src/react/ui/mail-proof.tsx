import type { ReactNode } from "react";
import { mailProof } from "../../ui/mail-plans.js";
import { useAuth } from "../provider.js";
import { MailForm } from "./mail-form.js";
import { useTexts } from "./texts.js";

/** Confirm who one is with the code of a mail. */
export function MailProof(): ReactNode {
  return <MailForm plan={mailProof(useAuth(), useTexts())} />;
}
