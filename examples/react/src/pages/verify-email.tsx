import { tokenIn, VerifyEmailForm } from "django-spa-auth/react";
import { Link, useLocation, useNavigate } from "react-router";
import { Page } from "../layout/page";
import { SignInBelow } from "../layout/sign-in-below";
import { paths } from "../paths";

/** Also where the link of the mail leads. Opening it proves nothing: the button does. */
export function VerifyEmail() {
  const navigate = useNavigate();
  const token = tokenIn(useLocation().hash);

  return (
    <Page title="Confirm your address" className="narrow">
      <div className="card">
        <VerifyEmailForm token={token} onDone={() => navigate(paths.signIn, { replace: true })} />
      </div>
      {token && (
        <p className="under-form">
          <Link to={paths.verifyEmail}>Ask for a new mail</Link>
        </p>
      )}
      <SignInBelow />
    </Page>
  );
}
