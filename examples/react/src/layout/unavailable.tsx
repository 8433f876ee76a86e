import { useAuth } from "django-spa-auth/react";
import { Page } from "./page";
import { Trouble } from "./trouble";

/** Instead of a guarded page, when nobody can say who the visitor is. */
export function Unavailable() {
  const auth = useAuth();
  return (
    <Page title="Not available" heading="This page is not available now" className="narrow">
      <Trouble
        message="The server cannot say whether you are signed in."
        onRetry={() => void auth.load().catch(() => {})}
      />
    </Page>
  );
}
