import { MailSignInForm, tokenIn } from "django-spa-auth/react";
import { Link, useLocation, useNavigate } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

/** Also where the link of the mail leads. Opening it signs nobody in: the button does. */
export function SignInByMail() {
  const navigate = useNavigate();
  const { hash, search } = useLocation();
  const token = tokenIn(hash);
  // That page knows where the visitor wanted to go.
  const goOn = () => navigate({ pathname: paths.signIn, search }, { replace: true });

  return (
    <Page title="Sign in by mail" className="narrow">
      <p className="lead">
        {token ? "One button is left." : "We send you a mail with a link and a code."}
      </p>
      <div className="card">
        <MailSignInForm token={token} onDone={goOn} />
      </div>
      <p className="under-form">
        {token ? (
          <Link to={paths.mailSignIn}>Ask for a new mail</Link>
        ) : (
          <Link to={{ pathname: paths.signIn, search }}>Sign in with a password</Link>
        )}
      </p>
    </Page>
  );
}
