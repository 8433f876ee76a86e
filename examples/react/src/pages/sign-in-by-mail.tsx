import { MailSignInForm, tokenIn } from "django-spa-auth/react";
import { Link, useLocation, useNavigate } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";
import { english } from "../words/accounts";

/** Also where the link of the mail leads. Opening it signs nobody in: the button does. */
export function SignInByMail() {
  const words = useWords("accounts", english);
  const navigate = useNavigate();
  const { hash, search } = useLocation();
  const token = tokenIn(hash);
  // That page knows where the visitor wanted to go.
  const goOn = () => navigate({ pathname: paths.signIn, search }, { replace: true });

  return (
    <Page title={words.signInByMail} className="narrow">
      <p className="lead">{token ? words.oneButtonLeft : words.linkAndCode}</p>
      <div className="card">
        <MailSignInForm token={token} onDone={goOn} />
      </div>
      <p className="under-form">
        {token ? (
          <Link to={paths.mailSignIn}>{words.newMail}</Link>
        ) : (
          <Link to={{ pathname: paths.signIn, search }}>{words.withPassword}</Link>
        )}
      </p>
    </Page>
  );
}
