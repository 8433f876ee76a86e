import { ChangePasswordForm } from "django-spa-auth/react";
import { Link } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function PasswordPage() {
  const words = useWords();
  const [before, link, after] = words.somebodyKnows;
  return (
    <Page title={words.password} className="narrow">
      <p className="lead">
        {before}
        <Link to={paths.activity}>{link}</Link>
        {after}
      </p>
      <div className="card">
        <ChangePasswordForm />
      </div>
    </Page>
  );
}
