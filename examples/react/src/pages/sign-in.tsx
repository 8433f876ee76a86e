import { safeNext } from "django-spa-auth";
import { SignInForm, useAuth, useSession } from "django-spa-auth/react";
import { useEffect, useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { Page } from "../layout/page";
import { Waiting } from "../layout/waiting";
import { isPage, paths, server } from "../paths";

export function SignIn() {
  const session = useSession();
  const signedInHere = useSignedInHere();
  const [params] = useSearchParams();
  const next = safeNext(params.get("next")) ?? paths.home;

  if (session.status === "authenticated") {
    if (isPage(next)) return <Navigate to={next} replace />;
    // A page of the server that sent a signed-in visitor here would do it again, for ever.
    return signedInHere ? <Leave to={next} /> : <AlreadySignedIn next={next} />;
  }
  return (
    <Page title="Sign in" className="narrow split">
      <p className="lead">
        {next === paths.home
          ? "With a user of Django."
          : `You need to be signed in to go on to ${next}.`}
      </p>
      <div className="card">
        <SignInForm />
        <p className="under-form">
          <Link to={paths.forgotPassword}>Forgot your password?</Link>
        </p>
        <p className="under-form">
          <Link to={{ pathname: paths.mailSignIn, search: params.size > 0 ? `?${params}` : "" }}>
            Sign in by mail
          </Link>
        </p>
        <p className="under-form">
          <Link to={paths.signUp}>Make an account</Link>
        </p>
      </div>
      <aside className="beside demo" aria-labelledby="demo-title">
        <h2 id="demo-title">Demo account</h2>
        <code>alice@example.com</code>
        <code>correct-horse-battery-staple</code>
      </aside>
    </Page>
  );
}

/** Whether somebody signed in while this page was open. */
function useSignedInHere(): boolean {
  const auth = useAuth();
  const [signedIn, setSignedIn] = useState(false);
  useEffect(() => auth.on("signedIn", () => setSignedIn(true)), [auth]);
  return signedIn;
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
        <a className="spa-button spa-primary" href={server + next}>
          Go to {next}
        </a>
      </p>
    </Page>
  );
}
