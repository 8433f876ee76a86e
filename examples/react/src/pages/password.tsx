import { ChangePasswordForm } from "django-spa-auth/react";
import { Link } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { Sentence } from "../layout/sentence";
import { paths } from "../paths";
import { english } from "../words/accounts";

export function PasswordPage() {
  const words = useWords("accounts", english);
  return (
    <Page title={words.password} className="narrow">
      <p className="lead">
        <Sentence text={words.somebodyKnows}>
          {(link) => <Link to={paths.activity}>{link}</Link>}
        </Sentence>
      </p>
      <div className="card">
        <ChangePasswordForm />
      </div>
    </Page>
  );
}
