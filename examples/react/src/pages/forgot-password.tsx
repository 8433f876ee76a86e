import { ForgotPasswordForm, useSession } from "django-spa-auth/react";
import { Link, Navigate } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";
import { english } from "../words/accounts";

export function ForgotPassword() {
  const words = useWords("accounts", english);
  const session = useSession();
  // Who is signed in, perhaps by the code of the mail a moment ago, has no use for this.
  if (session.status === "authenticated") return <Navigate to={paths.home} replace />;
  return (
    <Page title={words.forgotPassword} className="narrow">
      <p className="lead">{words.mailToChoose}</p>
      <div className="card">
        <ForgotPasswordForm />
      </div>
      <p className="under-form">
        <Link to={paths.signIn}>{words.backToSignIn}</Link>
      </p>
    </Page>
  );
}
