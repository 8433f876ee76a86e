import { type FormEvent, useState } from "react";
import { announce } from "../announcer";
import type { ProfileChanges, User } from "../auth";
import { ErrorSummary } from "../forms/error-summary";
import { TextField } from "../forms/field";
import { SubmitButton } from "../forms/submit-button";
import { textOf } from "../forms/text-of";
import { useSubmit } from "../forms/use-submit";
import { CheckIcon } from "../layout/icons";
import { Page } from "../layout/page";
import { auth, useAuth } from "../session";

const INPUTS = { username: "username", firstName: "first-name", lastName: "last-name" };

export function ProfilePage() {
  const session = useAuth();
  if (!session.isAuthenticated) return null;
  const { user } = session;
  return (
    <Page title="Profile" className="narrow split">
      <p className="lead">How you appear here.</p>
      <ProfileForm user={user} />
      <aside className="beside" aria-label="Account">
        <dl className="facts">
          <div>
            <dt>Email</dt>
            <dd>{user.email ?? "None"}</dd>
          </div>
          <div>
            <dt>Email status</dt>
            <dd>
              <span className={user.emailVerified ? "badge badge-good" : "badge"}>
                {user.emailVerified ? "Verified" : "Not verified"}
              </span>
            </dd>
          </div>
        </dl>
      </aside>
    </Page>
  );
}

function ProfileForm({ user }: { user: User }) {
  const { busy, failure, wait, run } = useSubmit();
  const [status, setStatus] = useState("");

  function say(text: string) {
    setStatus(text);
    announce(text);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const changes = changesIn(event.currentTarget, user);
    if (Object.keys(changes).length === 0 && !failure) return say("There is nothing to save.");
    setStatus("");
    run(
      () => auth.updateProfile(changes),
      () => say("Your profile is saved."),
    );
  }

  return (
    <form className="card form" onSubmit={submit} noValidate aria-label="Profile">
      <ErrorSummary failure={failure} wait={wait} inputs={INPUTS} />
      <TextField
        id="username"
        name="username"
        label="Username"
        hint="Letters, digits and . + - _ only. No @."
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        defaultValue={user.username ?? ""}
        problems={failure?.fields.username}
      />
      <div className="pair">
        <TextField
          id="first-name"
          name="firstName"
          label="First name"
          autoComplete="given-name"
          defaultValue={user.firstName}
          problems={failure?.fields.firstName}
        />
        <TextField
          id="last-name"
          name="lastName"
          label="Last name"
          autoComplete="family-name"
          defaultValue={user.lastName}
          problems={failure?.fields.lastName}
        />
      </div>
      <div className="form-foot">
        <SubmitButton label="Save" busyLabel="Saving" busy={busy} waiting={wait > 0} />
        {status && (
          <span className="saved">
            <CheckIcon />
            {status}
          </span>
        )}
      </div>
    </form>
  );
}

/** Only what differs: a name from before today's rules must not stop the others from being saved. */
function changesIn(form: HTMLFormElement, user: User): ProfileChanges {
  const username = textOf(form, "username").trim();
  const firstName = textOf(form, "firstName").trim();
  const lastName = textOf(form, "lastName").trim();
  return {
    ...(username !== (user.username ?? "") && { username }),
    ...(firstName !== user.firstName && { firstName }),
    ...(lastName !== user.lastName && { lastName }),
  };
}
