import { tokenIn, VerifyEmailForm } from "django-spa-auth/react";
import { Link, useLocation, useNavigate } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { SignInBelow } from "../layout/sign-in-below";
import { paths } from "../paths";
import { english } from "../words/accounts";

/** Also where the link of the mail leads. Opening it proves nothing: the button does. */
export function VerifyEmail() {
  const words = useWords("accounts", english);
  const navigate = useNavigate();
  const token = tokenIn(useLocation().hash);

  return (
    <Page title={words.confirmAddress} className="narrow">
      <div className="card">
        <VerifyEmailForm token={token} onDone={() => navigate(paths.signIn, { replace: true })} />
      </div>
      {token && (
        <p className="under-form">
          <Link to={paths.verifyEmail}>{words.newMail}</Link>
        </p>
      )}
      <SignInBelow />
    </Page>
  );
}
