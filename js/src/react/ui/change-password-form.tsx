import { type FormEvent, type ReactNode, useId, useState } from "react";
import { announce } from "../../ui/announcer.js";
import { hasNone, readChange } from "../../ui/passwords.js";
import { accountOf } from "../../ui/people.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { AccountName } from "./account-name.js";
import { ErrorSummary } from "./error-summary.js";
import { PasswordField } from "./field.js";
import { Icon } from "./icon.js";
import { NewPasswordField } from "./new-password-field.js";
import { SubmitButton } from "./submit-button.js";
import { useTexts } from "./texts.js";
import { useForm } from "./use-form.js";

/**
 * Change one's own password, or choose the first one where the answer is that there is none; nothing
 * while nobody is signed in.
 */
export function ChangePasswordForm(): ReactNode {
  const session = useSession();
  if (session.status !== "authenticated") return null;
  // A key per user: what one typed must not be sent as the next one's.
  return <Fields key={session.user.id} account={accountOf(session)} />;
}

function Fields({ account }: { account: string }) {
  const auth = useAuth();
  const texts = useTexts();
  const { busy, failure, wait, submit, refuse, now } = useForm();
  const [first, setFirst] = useState(false);
  const [status, setStatus] = useState<"firstPasswordSet" | "passwordChanged">();
  const id = useId();
  const inputs = { currentPassword: `${id}-current`, newPassword: `${id}-new` };

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setStatus(undefined);
    const { body, missing } = readChange(form, first);
    if (Object.keys(missing).length > 0) return refuse(missing);
    const { newPassword } = body;
    const done = await submit(async () => {
      const { set, change } = auth.password;
      const answer = await (first ? set({ newPassword }) : change(body));
      setFirst(hasNone(first, answer.error));
      return answer;
    });
    if (!done) return;
    form.reset();
    const word = first ? "firstPasswordSet" : "passwordChanged";
    setStatus(word);
    announce(now()[word]);
  }

  const label = first ? texts.setPassword : texts.changePassword;

  return (
    <form className="spa-form" onSubmit={send} noValidate aria-label={label}>
      <ErrorSummary failure={failure} wait={wait} inputs={inputs} />
      <AccountName value={account} />
      {!first && (
        <PasswordField
          id={inputs.currentPassword}
          name="current-password"
          label={texts.currentPassword}
          autoComplete="current-password"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="next"
          required
          problems={failure?.fields.currentPassword}
        />
      )}
      <NewPasswordField id={inputs.newPassword} problems={failure?.fields.newPassword} />
      <p className="spa-hint">{texts.othersSignOut}</p>
      <div className="spa-form-foot">
        <SubmitButton
          label={label}
          busyLabel={first ? texts.settingPassword : texts.changingPassword}
          busy={busy}
          waiting={wait > 0}
        />
        {status && (
          <span className="spa-saved">
            <Icon name="check" />
            {texts[status]}
          </span>
        )}
      </div>
    </form>
  );
}
