import { DeleteAccountForm, ExportAccount } from "django-spa-auth/react";
import { useNavigate } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

export function AccountPage() {
  const navigate = useNavigate();
  return (
    <Page title="Your data and account" className="narrow">
      <p className="lead">Take a copy of what is held about you, or leave.</p>
      <section className="card" aria-labelledby="copy-title">
        <h2 id="copy-title">Your data</h2>
        <p>Your account, where you are signed in, what happened, and which mails went to you.</p>
        <ExportAccount />
      </section>
      <section className="card danger-zone" aria-labelledby="delete-title">
        <h2 id="delete-title">Delete your account</h2>
        <DeleteAccountForm onDone={() => navigate(paths.home, { replace: true })} />
      </section>
    </Page>
  );
}
