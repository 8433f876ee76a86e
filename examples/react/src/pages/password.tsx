import { ChangePasswordForm } from "django-spa-auth/react";
import { Link } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function PasswordPage() {
  return (
    <Page title="Password" className="narrow">
      <p className="lead">
        Somebody else may know it? <Link to={paths.activity}>See what happened</Link> to your
        account.
      </p>
      <div className="card">
        <ChangePasswordForm />
      </div>
    </Page>
  );
}
