import { useAuth } from "django-spa-auth/react";
import { useWords } from "../language";
import { Page } from "./page";
import { Trouble } from "./trouble";

/** Instead of a guarded page, when nobody can say who the visitor is. */
export function Unavailable() {
  const words = useWords();
  const auth = useAuth();
  return (
    <Page title={words.notAvailable} heading={words.notAvailableNow} className="narrow">
      <Trouble message={words.cannotSay} onRetry={() => void auth.load().catch(() => {})} />
    </Page>
  );
}
