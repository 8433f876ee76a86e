import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Session } from "../../auth.js";
import { clock } from "../../ui/form.js";
import { createMailForm, type MailPlan, viewOf } from "../../ui/mail-form.js";
import { useStore } from "../use-store.js";
import { ErrorSummary } from "./error-summary.js";
import { TextField } from "./field.js";
import { NewPasswordField } from "./new-password-field.js";
import { SubmitButton } from "./submit-button.js";
import { useTexts } from "./texts.js";
import { useForm, useLatest } from "./use-form.js";

export interface MailedFormProps {
  /** Of the mail's link, where that was opened. Nothing is sent before the button is pressed. */
  token?: string | undefined;
  /** It has worked, and the session is the answer: signed in, or another step is left. */
  onDone?: ((session: Session) => void) | undefined;
}

/** Where a link of a mail leads. */
export interface LinkFormProps extends MailedFormProps {
  token: string;
}

export interface MailFormProps extends MailedFormProps {
  plan: MailPlan;
  /** Ask for the mail without being told to. */
  atOnce?: boolean | undefined;
  /** Fields of the project. */
  children?: ReactNode;
}

/** Asks for a mail and takes its code, or waits for its link to be opened. */
export function MailForm(props: MailFormProps): ReactNode {
  // A key per link: what went wrong with one says nothing of the next.
  return <Steps key={props.token} {...props} />;
}

function Steps({ plan, token, onDone, atOnce, children }: MailFormProps) {
  const texts = useTexts();
  const main = useForm();
  const again = useForm();
  const situation = { plan, token, texts, onDone };
  const latest = useLatest(situation);
  const [actions] = useState(() => createMailForm(main, again, () => latest.current));
  const stage = useStore(actions);
  const view = viewOf(situation, stage, main.failure);
  const top = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();

  useEffect(() => {
    // A second effect, as in StrictMode, finds the form on its way.
    if (atOnce) form.current?.requestSubmit();
  }, [atOnce]);
  const { sentTo, done } = stage;
  useEffect(() => {
    if (done || sentTo !== undefined) top.current?.focus();
  }, [sentTo, done]);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void actions.send(event.currentTarget);
  }

  return (
    <div className="spa-steps">
      {view.notice && (
        <div className="spa-notice">
          {view.notice.title && (
            <h2 ref={top} tabIndex={-1}>
              {view.notice.title}
            </h2>
          )}
          <p>{view.notice.text}</p>
        </div>
      )}
      {view.fields && (
        <form className="spa-form" ref={form} onSubmit={send} noValidate aria-label={view.words[0]}>
          <ErrorSummary
            failure={main.failure}
            wait={main.wait}
            inputs={Object.fromEntries(view.fields.map(({ name }) => [name, `${id}-${name}`]))}
          />
          {view.fields.map(({ name, label, hint, newPassword, input, hidden }) => {
            const frame = { id: `${id}-${name}`, label, problems: main.failure?.fields[name] };
            return (
              <div key={name} hidden={hidden}>
                {newPassword ? (
                  <NewPasswordField {...frame} />
                ) : (
                  <TextField {...frame} {...input} hint={hint} />
                )}
              </div>
            );
          })}
          {children && (
            <div className="spa-own" hidden={view.ownHidden}>
              {children}
            </div>
          )}
          {view.hint && <p className="spa-hint">{view.hint}</p>}
          <SubmitButton
            label={view.words[0]}
            busyLabel={view.words[1]}
            busy={main.busy}
            waiting={main.wait > 0}
          />
          {view.waiting && (
            <>
              <ErrorSummary failure={again.failure} wait={again.wait} inputs={{}} />
              <div className="spa-form-foot">
                <button
                  type="button"
                  className="spa-button"
                  aria-busy={again.busy}
                  aria-disabled={again.busy || again.wait > 0}
                  onClick={() => form.current && actions.sendAgain(form.current)}
                >
                  {again.busy && <span className="spa-spinner" aria-hidden="true" />}
                  {again.busy
                    ? texts.sendingAgain
                    : again.wait > 0
                      ? texts.sendAgainIn(clock(again.wait))
                      : texts.sendAgain}
                </button>
                {plan.first.length > 0 && (
                  <button
                    type="button"
                    className="spa-button"
                    onClick={() => form.current && actions.startAnew(form.current)}
                  >
                    {texts.anotherAddress}
                  </button>
                )}
              </div>
            </>
          )}
        </form>
      )}
    </div>
  );
}
