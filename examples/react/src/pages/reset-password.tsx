import { ResetPasswordForm, tokenIn } from "django-spa-auth/react";
import { Link, useLocation, useNavigate } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

/** Where the link of the mail leads. Opening it changes nothing: the token goes with the form. */
export function ResetPassword() {
  const navigate = useNavigate();
  const { hash } = useLocation();
  const token = tokenIn(hash);

  return (
    <Page title="Choose a new password" className="narrow">
      {token ? (
        <div className="card">
          <ResetPasswordForm token={token} onDone={() => navigate(paths.home, { replace: true })} />
        </div>
      ) : (
        <p className="lead">This address is not whole. Open the link of the mail again.</p>
      )}
      <p className="under-form">
        <Link to={paths.forgotPassword}>Ask for a new mail</Link>
      </p>
    </Page>
  );
}
