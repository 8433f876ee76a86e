import { ResetPasswordForm, tokenIn } from "django-spa-auth/react";
import { Link, useLocation, useNavigate } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";
import { english } from "../words/accounts";

/** Where the link of the mail leads. Opening it changes nothing: the token goes with the form. */
export function ResetPassword() {
  const words = useWords("accounts", english);
  const navigate = useNavigate();
  const { hash } = useLocation();
  const token = tokenIn(hash);

  return (
    <Page title={words.chooseNewPassword} className="narrow">
      {token ? (
        <div className="card">
          <ResetPasswordForm token={token} onDone={() => navigate(paths.home, { replace: true })} />
        </div>
      ) : (
        <p className="lead">{words.notWhole}</p>
      )}
      <p className="under-form">
        <Link to={paths.forgotPassword}>{words.newMail}</Link>
      </p>
    </Page>
  );
}
