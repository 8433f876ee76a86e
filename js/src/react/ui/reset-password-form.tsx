import { type FormEvent, type ReactNode, useId } from "react";
import type { Session } from "../../auth.js";
import { announce } from "../../ui/announcer.js";
import { readConfirmation } from "../../ui/passwords.js";
import { displayName } from "../../ui/people.js";
import { useAuth } from "../provider.js";
import { AccountName } from "./account-name.js";
import { ErrorSummary } from "./error-summary.js";
import { TextField } from "./field.js";
import { NewPasswordField } from "./new-password-field.js";
import { SubmitButton } from "./submit-button.js";
import { useTexts } from "./texts.js";
import { useForm } from "./use-form.js";

/** By a link's token, or by the code of the mail to an address. */
export type ResetPasswordFormProps = ({ token: string } | { email: string }) & {
  /** It has worked, and the session is the answer: signed in, or another step is left. */
  onDone?: (session: Session) => void;
};

/** Choose a new password by the mail that was asked for, and sign in. */
export function ResetPasswordForm({ onDone, ...proof }: ResetPasswordFormProps): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const { busy, failure, wait, submit, refuse } = useForm();
  const id = useId();
  const inputs = { code: `${id}-code`, newPassword: `${id}-new` };

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { body, missing } = readConfirmation(event.currentTarget, proof, texts);
    if (Object.keys(missing).length > 0) return refuse(missing);
    const now = await submit(() => auth.password.confirmReset(body));
    if (!now) return;
    if (now.status === "authenticated") announce(texts.passwordSet(displayName(now.user)));
    onDone?.(now);
  }

  return (
    <form className="spa-form" onSubmit={send} noValidate aria-label={texts.resetPassword}>
      <ErrorSummary failure={failure} wait={wait} inputs={inputs} />
      {"email" in proof && (
        <>
          <AccountName value={proof.email} />
          <TextField
            id={inputs.code}
            name="code"
            label={texts.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="next"
            required
            problems={failure?.fields.code}
          />
        </>
      )}
      <NewPasswordField id={inputs.newPassword} problems={failure?.fields.newPassword} />
      <p className="spa-hint">{texts.othersSignOut}</p>
      <SubmitButton
        label={texts.setPassword}
        busyLabel={texts.settingPassword}
        busy={busy}
        waiting={wait > 0}
      />
    </form>
  );
}
