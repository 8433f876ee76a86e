import { SignUpForm, tokenIn, useSession } from "django-spa-auth/react";
import { Link, Navigate, useLocation, useNavigate } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

/** Also where the link of the mail leads. Opening it makes nothing: the token goes with the form. */
export function SignUp() {
  const session = useSession();
  const navigate = useNavigate();
  const token = tokenIn(useLocation().hash);

  // Who is signed in, perhaps a moment ago by this very form, has no use for it.
  if (session.isAuthenticated && !token) return <Navigate to={paths.home} replace />;
  return (
    <Page title="Sign up" className="narrow">
      <p className="lead">
        {token
          ? "Your address is right. This is left:"
          : "We send you a mail to confirm your address."}
      </p>
      <div className="card">
        <SignUpForm token={token} onDone={() => navigate(paths.signIn, { replace: true })} />
      </div>
      <p className="under-form">
        {token ? (
          <Link to={paths.signUp}>Ask for a new mail</Link>
        ) : (
          <Link to={paths.signIn}>I have an account already</Link>
        )}
      </p>
    </Page>
  );
}
