import { ConnectedAccounts, DeleteAccountForm, ExportAccount } from "django-spa-auth/react";
import { useNavigate } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";
import { english } from "../words/accounts";

export function AccountPage() {
  const words = useWords("accounts", english);
  const navigate = useNavigate();
  return (
    <Page title={words.dataAndAccount} className="narrow">
      <p className="lead">{words.accountLead}</p>
      <div className="card">
        <ConnectedAccounts />
      </div>
      <section className="card" aria-labelledby="copy-title">
        <h2 id="copy-title">{words.yourData}</h2>
        <p>{words.dataLead}</p>
        <ExportAccount />
      </section>
      <section className="card danger-zone" aria-labelledby="delete-title">
        <h2 id="delete-title">{words.deleteAccount}</h2>
        <DeleteAccountForm onDone={() => navigate(paths.home, { replace: true })} />
      </section>
    </Page>
  );
}
