import { ApiTokens } from "django-spa-auth/react";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { english } from "../words/accounts";

export function TokensPage() {
  const words = useWords("accounts", english);
  return (
    <Page title={words.apiTokens} className="narrow">
      <p className="lead">{words.tokensLead}</p>
      <ApiTokens />
    </Page>
  );
}
