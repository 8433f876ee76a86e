import { type FormEvent, type ReactNode, useId } from "react";
import { textOf } from "../../ui/form.js";
import { accountOf } from "../../ui/people.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { AccountName } from "./account-name.js";
import { ErrorSummary } from "./error-summary.js";
import { PasswordField } from "./field.js";
import { SubmitButton } from "./submit-button.js";
import { useTexts } from "./texts.js";
import { useForm } from "./use-form.js";

/** Confirm who one is with the password. */
export function PasswordProof(): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const session = useSession();
  const { busy, failure, wait, submit, refuse } = useForm();
  const input = useId();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = textOf(event.currentTarget, "password");
    if (!password) return refuse({ password: "enterPassword" });
    await submit(() => auth.reauthenticate.password({ password }));
  }

  return (
    <form className="spa-form" onSubmit={send} noValidate>
      <ErrorSummary failure={failure} wait={wait} inputs={{ password: input }} />
      <AccountName value={accountOf(session)} />
      <PasswordField
        id={input}
        name="password"
        label={texts.password}
        autoComplete="current-password"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
        required
        problems={failure?.fields.password}
      />
      <SubmitButton
        label={texts.confirm}
        busyLabel={texts.confirming}
        busy={busy}
        waiting={wait > 0}
      />
    </form>
  );
}
