import type { ReactNode } from "react";
import { signUp } from "../../ui/mail-plans.js";
import { useAuth } from "../provider.js";
import { type MailedFormProps, MailForm } from "./mail-form.js";
import { Trouble, Waiting } from "./status.js";
import { useTexts } from "./texts.js";
import { useConfig } from "./use-config.js";

export interface SignUpFormProps extends MailedFormProps {
  /** The project's own fields: their inputs are named as in the contract. */
  children?: ReactNode;
}

/** Make an account: its fields, then the code of the mail; or, with the token of its link, at once. */
export function SignUpForm(props: SignUpFormProps): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const { config, error, load } = useConfig();
  if (config) return <MailForm {...props} plan={signUp(auth, texts, config.signup)} />;
  return error ? <Trouble why={error} onRetry={load} /> : <Waiting text={texts.loading} />;
}
