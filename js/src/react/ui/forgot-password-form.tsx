import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { announce } from "../../ui/announcer.js";
import { clock } from "../../ui/form.js";
import { RESEND_AFTER, readReset } from "../../ui/passwords.js";
import { useAuth } from "../provider.js";
import { ErrorSummary } from "./error-summary.js";
import { TextField } from "./field.js";
import { ResetPasswordForm } from "./reset-password-form.js";
import { SubmitButton } from "./submit-button.js";
import { useTexts } from "./texts.js";
import { useForm } from "./use-form.js";

/** Ask for a mail, then take its code, or wait for its link to be opened. */
export function ForgotPasswordForm(): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const { busy, failure, wait, submit, refuse } = useForm();
  const [sentTo, setSentTo] = useState("");
  const id = useId();
  const inputs = { email: `${id}-email` };

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { body, missing } = readReset(event.currentTarget, texts);
    if (Object.keys(missing).length > 0) return refuse(missing);
    if (await submit(() => auth.password.reset(body))) setSentTo(body.email);
  }

  if (sentTo) return <MailSent email={sentTo} />;
  return (
    <form className="spa-form" onSubmit={send} noValidate aria-label={texts.forgotPassword}>
      <ErrorSummary failure={failure} wait={wait} inputs={inputs} />
      <TextField
        id={inputs.email}
        name="username"
        type="email"
        label={texts.email}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="send"
        required
        problems={failure?.fields.email}
      />
      <SubmitButton
        label={texts.sendLink}
        busyLabel={texts.sendingLink}
        busy={busy}
        waiting={wait > 0}
      />
    </form>
  );
}

function MailSent({ email }: { email: string }) {
  const texts = useTexts();
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  return (
    <div className="spa-steps">
      <div className="spa-notice">
        <h2 ref={top} tabIndex={-1}>
          {texts.checkMail}
        </h2>
        <p>{texts.mailSentTo(email)}</p>
      </div>
      <ResetPasswordForm email={email} />
      <Resend email={email} />
    </div>
  );
}

function Resend({ email }: { email: string }) {
  const auth = useAuth();
  const texts = useTexts();
  const { busy, failure, wait, submit, pause } = useForm();
  useEffect(() => pause(RESEND_AFTER), [pause]);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!(await submit(() => auth.password.reset({ email })))) return;
    pause(RESEND_AFTER);
    announce(texts.sentAgain);
  }

  return (
    <form className="spa-form" onSubmit={send} aria-label={texts.sendAgain}>
      <ErrorSummary failure={failure} wait={wait} inputs={{}} />
      <button
        type="submit"
        className="spa-button"
        aria-busy={busy}
        aria-disabled={busy || wait > 0}
      >
        {busy && <span className="spa-spinner" aria-hidden="true" />}
        {busy ? texts.sendingAgain : wait > 0 ? texts.sendAgainIn(clock(wait)) : texts.sendAgain}
      </button>
    </form>
  );
}
