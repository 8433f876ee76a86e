import { safeNext } from "django-spa-auth";
import { SignInForm, SocialButtons, useAuth, useSession } from "django-spa-auth/react";
import { useEffect, useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { Waiting } from "../layout/waiting";
import { isPage, paths, server } from "../paths";
import { english } from "../words/sign-in";

export function SignIn() {
  const words = useWords("signIn", english);
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
    <Page title={words.signIn} className="narrow split">
      <p className="lead">{next === paths.home ? words.withDjangoUser : words.needSignIn(next)}</p>
      <div className="card">
        <SignInForm />
        <SocialButtons next={next} />
        <p className="under-form">
          <Link to={paths.forgotPassword}>{words.forgotPassword}</Link>
        </p>
        <p className="under-form">
          <Link to={{ pathname: paths.mailSignIn, search: params.size > 0 ? `?${params}` : "" }}>
            {words.signInByMail}
          </Link>
        </p>
        <p className="under-form">
          <Link to={paths.signUp}>{words.makeAccount}</Link>
        </p>
      </div>
      <aside className="beside demo" aria-labelledby="demo-title">
        <h2 id="demo-title">{words.demoAccount}</h2>
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
  const words = useWords("signIn", english);
  useEffect(() => location.assign(server + to), [to]);
  return <Waiting text={words.loading(to)} />;
}

function AlreadySignedIn({ next }: { next: string }) {
  const words = useWords("signIn", english);
  return (
    <Page title={words.youAreSignedIn} className="narrow">
      <p className="lead">{words.askedForSignIn(next)}</p>
      <p>
        <a className="spa-button spa-primary" href={server + next}>
          {words.goTo(next)}
        </a>
      </p>
    </Page>
  );
}
