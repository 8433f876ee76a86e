import { type FormEvent, type ReactNode, useId, useState } from "react";
import { announce } from "../../ui/announcer.js";
import { waitsForMail } from "../../ui/mail-plans.js";
import { displayName } from "../../ui/people.js";
import { readCredentials } from "../../ui/sign-in.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { ErrorSummary } from "./error-summary.js";
import { PasswordField, TextField } from "./field.js";
import { SubmitButton } from "./submit-button.js";
import { useTexts } from "./texts.js";
import { useForm } from "./use-form.js";
import { VerifyEmailForm } from "./verify-email-form.js";

/** Sign in with a password. The session changes when it has worked; nothing else is called. */
export function SignInForm(): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const session = useSession();
  const { busy, failure, wait, submit, refuse, now } = useForm();
  const [acted, setActed] = useState(false);
  const id = useId();
  const inputs = { login: `${id}-username`, password: `${id}-password` };

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { body, missing } = readCredentials(event.currentTarget);
    if (Object.keys(missing).length > 0) return refuse(missing);
    setActed(true);
    const answer = await submit(() => auth.login.password(body));
    if (answer?.status === "authenticated") announce(now().signedInAs(displayName(answer.user)));
  }

  if (waitsForMail(session)) return <VerifyEmailForm atOnce={acted} />;
  return (
    <form className="spa-form" onSubmit={send} noValidate aria-label={texts.signIn}>
      {session.status === "pending" && (
        <p className="spa-notice">{texts.anotherStep(session.next)}</p>
      )}
      <ErrorSummary failure={failure} wait={wait} inputs={inputs} />
      <TextField
        id={inputs.login}
        name="username"
        label={texts.identifier}
        dir="auto"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="next"
        required
        problems={failure?.fields.login}
      />
      <PasswordField
        id={inputs.password}
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
      <label className="spa-check">
        <input type="checkbox" name="remember" defaultChecked />
        {texts.remember}
      </label>
      <SubmitButton
        label={texts.signIn}
        busyLabel={texts.signingIn}
        busy={busy}
        waiting={wait > 0}
      />
    </form>
  );
}
