import { type FormEvent, useEffect, useState } from "react";
import { Navigate, useSearchParams } from "react-router";
import { announce } from "../announcer";
import { safeNext } from "../auth";
import { ErrorSummary } from "../forms/error-summary";
import { fromCheck } from "../forms/failure";
import { TextField } from "../forms/field";
import { PasswordField } from "../forms/password-field";
import { SubmitButton } from "../forms/submit-button";
import { textOf } from "../forms/text-of";
import { useSubmit } from "../forms/use-submit";
import { Page } from "../layout/page";
import { Waiting } from "../layout/waiting";
import { isPage, paths, server } from "../paths";
import { auth, useAuth } from "../session";
import { displayName } from "../words";

const INPUTS = { login: "username", password: "password" };

export function SignIn() {
  const session = useAuth();
  const [params] = useSearchParams();
  const [tried, setTried] = useState(false);
  const next = safeNext(params.get("next"), location.origin) ?? paths.home;

  if (session.status === "authenticated") {
    if (isPage(next)) return <Navigate to={next} replace />;
    // A page of the server that sent a signed-in visitor here would do it again, for ever.
    return tried ? <Leave to={next} /> : <AlreadySignedIn next={next} />;
  }
  return (
    <Page title="Sign in" className="narrow split">
      <p className="lead">
        {next === paths.home
          ? "With a user of Django."
          : `You need to be signed in to go on to ${next}.`}
      </p>
      {session.status === "pending" && (
        <p className="notice">
          This account needs another step ({session.next.join(", ")}), which this example does not
          have.
        </p>
      )}
      <SignInForm onTry={() => setTried(true)} />
      <aside className="beside demo" aria-labelledby="demo-title">
        <h2 id="demo-title">Demo account</h2>
        <code>alice@example.com</code>
        <code>correct-horse-battery-staple</code>
      </aside>
    </Page>
  );
}

function SignInForm({ onTry }: { onTry: () => void }) {
  const { busy, failure, wait, fail, run } = useSubmit();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const login = textOf(form, "username").trim();
    const password = textOf(form, "password");
    const remember = textOf(form, "remember") === "on";
    const missing = {
      ...(!login && { login: "Enter your email or username." }),
      ...(!password && { password: "Enter your password." }),
    };
    if (Object.keys(missing).length > 0) return fail(fromCheck(missing));
    onTry();
    run(
      () => auth.signIn({ login, password, remember }),
      (session) => {
        if (session.isAuthenticated) announce(`Signed in as ${displayName(session.user)}.`);
      },
    );
  }

  return (
    <form className="card form" onSubmit={submit} noValidate aria-label="Sign in">
      <ErrorSummary failure={failure} wait={wait} inputs={INPUTS} />
      <TextField
        id="username"
        name="username"
        label="Email or username"
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
        id="password"
        name="password"
        label="Password"
        autoComplete="current-password"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
        required
        problems={failure?.fields.password}
      />
      <label className="check">
        <input type="checkbox" name="remember" defaultChecked />
        Keep me signed in on this device
      </label>
      <SubmitButton label="Sign in" busyLabel="Signing in" busy={busy} waiting={wait > 0} />
    </form>
  );
}

function Leave({ to }: { to: string }) {
  useEffect(() => location.assign(server + to), [to]);
  return <Waiting what={to} />;
}

function AlreadySignedIn({ next }: { next: string }) {
  return (
    <Page title="You are signed in" className="narrow">
      <p className="lead">
        {next} asked for a sign-in. If it turns you away again, it is not open to this account: sign
        out, and come back with another one.
      </p>
      <p>
        <a className="button primary" href={server + next}>
          Go to {next}
        </a>
      </p>
    </Page>
  );
}
