import { RestoreAccount, tokenIn } from "django-spa-auth/react";
import { Link, useLocation } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";
import { english } from "../words/accounts";

/** Where the link of the mail leads. Opening it changes nothing: the token goes with the button. */
export function RestoreAccountPage() {
  const words = useWords("accounts", english);
  const { hash } = useLocation();
  const token = tokenIn(hash);

  return (
    <Page title={words.bringBackAccount} className="narrow">
      {token ? (
        <>
          <p className="lead">{words.toBeDeleted}</p>
          <div className="card">
            <RestoreAccount token={token} />
          </div>
        </>
      ) : (
        <p className="lead">{words.notWhole}</p>
      )}
      <p className="under-form">
        <Link to={paths.signIn}>{words.signIn}</Link>
      </p>
    </Page>
  );
}
