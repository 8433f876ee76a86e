import { SocialCallback } from "django-spa-auth/react";
import { useNavigate, useParams } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { isPage, paths, server } from "../paths";

/** Where providers send people back to. */
export function SocialCallbackPage() {
  const words = useWords();
  const navigate = useNavigate();
  const { provider = "" } = useParams();

  function goOn(path: string) {
    if (isPage(path)) navigate(path, { replace: true });
    else location.replace(server + path);
  }

  return (
    <Page title={words.signIn} className="narrow">
      <div className="card">
        <SocialCallback
          provider={provider}
          signInPath={paths.signIn}
          signUpPath={paths.signUp}
          accountPath={paths.account}
          onDone={(_, path) => goOn(path)}
        />
      </div>
    </Page>
  );
}
