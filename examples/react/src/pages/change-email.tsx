import { ChangeEmailForm, ConfirmEmailChange, tokenIn } from "django-spa-auth/react";
import { Link, useLocation, useNavigate } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { SignInBelow } from "../layout/sign-in-below";
import { paths } from "../paths";
import { english } from "../words/accounts";

/** Also where the link of the mail leads. Opening it changes nothing: the button does. */
export function ChangeEmail() {
  const words = useWords("accounts", english);
  const navigate = useNavigate();
  const token = tokenIn(useLocation().hash);

  return (
    <Page title={words.changeAddress} className="narrow">
      <p className="lead">{token ? words.browserSignedIn : words.mailToNewAddress}</p>
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
          <Link to={paths.changeEmail}>{words.newMail}</Link>
        ) : (
          <Link to={paths.profile}>{words.backToProfile}</Link>
        )}
      </p>
      <SignInBelow />
    </Page>
  );
}
