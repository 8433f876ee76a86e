import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { User } from "../../contract.js";
import { announce } from "../../ui/announcer.js";
import { changesIn, currentValue, describeFields, type ProfileField } from "../../ui/profile.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { ErrorSummary } from "./error-summary.js";
import { TextField } from "./field.js";
import { Icon } from "./icon.js";
import { SubmitButton } from "./submit-button.js";
import { useTexts } from "./texts.js";
import { useForm } from "./use-form.js";

export interface ProfileFormProps {
  /** The fields that the project lets people change, in the order in which they are shown. */
  fields?: readonly ProfileField[];
}

const NAMES = ["firstName", "lastName"] as const;

/** Change one's own profile; nothing while nobody is signed in. */
export function ProfileForm({ fields = NAMES }: ProfileFormProps): ReactNode {
  const session = useSession();
  if (session.status !== "authenticated") return null;
  // A key per user: what one typed must not be saved as the next one's.
  return <Fields key={session.user.id} fields={fields} user={session.user} />;
}

function Fields({ fields, user }: { fields: readonly ProfileField[]; user: User }) {
  const auth = useAuth();
  const texts = useTexts();
  const { busy, failure, wait, submit, now } = useForm();
  const [status, setStatus] = useState<"saved" | "nothingToSave">();
  const id = useId();
  const described = describeFields(fields, texts);
  const inputs = Object.fromEntries(described.map(({ name }) => [name, `${id}-${name}`]));

  function say(word: "saved" | "nothingToSave") {
    setStatus(word);
    announce(now()[word]);
  }

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const changes = changesIn(event.currentTarget, user, described);
    if (!changes && !failure) return say("nothingToSave");
    setStatus(undefined);
    if (await submit(() => auth.profile.change(changes ?? {}))) say("saved");
  }

  return (
    <form className="spa-form" onSubmit={send} noValidate aria-label={texts.profile}>
      <ErrorSummary failure={failure} wait={wait} inputs={inputs} />
      {described.map(({ name, label, hint, autocomplete }) => (
        <TextField
          key={name}
          id={`${id}-${name}`}
          name={name}
          label={label}
          hint={hint}
          autoComplete={autocomplete}
          {...(name === "username" && UNCORRECTED)}
          defaultValue={currentValue(user, name)}
          problems={failure?.fields[name]}
        />
      ))}
      <div className="spa-form-foot">
        <SubmitButton label={texts.save} busyLabel={texts.saving} busy={busy} waiting={wait > 0} />
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

const UNCORRECTED = { autoCapitalize: "none", autoCorrect: "off", spellCheck: false } as const;
