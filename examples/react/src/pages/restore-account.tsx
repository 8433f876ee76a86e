import { RestoreAccount, tokenIn } from "django-spa-auth/react";
import { Link, useLocation } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

/** Where the link of the mail leads. Opening it changes nothing: the token goes with the button. */
export function RestoreAccountPage() {
  const { hash } = useLocation();
  const token = tokenIn(hash);

  return (
    <Page title="Bring your account back" className="narrow">
      {token ? (
        <>
          <p className="lead">It is to be deleted. Until that day it comes back as it was.</p>
          <div className="card">
            <RestoreAccount token={token} />
          </div>
        </>
      ) : (
        <p className="lead">This address is not whole. Open the link of the mail again.</p>
      )}
      <p className="under-form">
        <Link to={paths.signIn}>Sign in</Link>
      </p>
    </Page>
  );
}
