import { ForgotPasswordForm, useSession } from "django-spa-auth/react";
import { Link, Navigate } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function ForgotPassword() {
  const session = useSession();
  // Who is signed in, perhaps by the code of the mail a moment ago, has no use for this.
  if (session.status === "authenticated") return <Navigate to={paths.home} replace />;
  return (
    <Page title="Forgot your password?" className="narrow">
      <p className="lead">We send you a mail with a link to choose a new one.</p>
      <div className="card">
        <ForgotPasswordForm />
      </div>
      <p className="under-form">
        <Link to={paths.signIn}>Back to sign in</Link>
      </p>
    </Page>
  );
}
