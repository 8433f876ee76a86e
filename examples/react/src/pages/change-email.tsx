import { ChangeEmailForm, ConfirmEmailChange, tokenIn } from "django-spa-auth/react";
import { Link, useLocation, useNavigate } from "react-router";
import { Page } from "../layout/page";
import { SignInBelow } from "../layout/sign-in-below";
import { paths } from "../paths";

/** Also where the link of the mail leads. Opening it changes nothing: the button does. */
export function ChangeEmail() {
  const navigate = useNavigate();
  const token = tokenIn(useLocation().hash);

  return (
    <Page title="Change your address" className="narrow">
      <p className="lead">
        {token ? "This browser has to be signed in." : "A mail goes to the new address first."}
      </p>
      <div className="card">
        {token ? (
          <ConfirmEmailChange
            token={token}
            onDone={() => navigate(paths.profile, { replace: true })}
          />
        ) : (
          <ChangeEmailForm />
        )}
      </div>
      <p className="under-form">
        {token ? (
          <Link to={paths.changeEmail}>Ask for a new mail</Link>
        ) : (
          <Link to={paths.profile}>Back to your profile</Link>
        )}
      </p>
      <SignInBelow />
    </Page>
  );
}
