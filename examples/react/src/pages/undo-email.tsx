import { tokenIn, UndoEmailChange } from "django-spa-auth/react";
import { Link, useLocation } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

/** Where the link leads that the old address was sent. Opening it changes nothing: the button does. */
export function UndoEmail() {
  const token = tokenIn(useLocation().hash);

  return (
    <Page title="Bring back your address" className="narrow">
      {token ? (
        <div className="card">
          <UndoEmailChange token={token} onDone={forgetToken} />
        </div>
      ) : (
        <p className="lead">This address is not whole. Open the link of the mail again.</p>
      )}
      <p className="under-form">
        <Link to={paths.forgotPassword}>Choose a new password</Link>
      </p>
    </Page>
  );
}

/** Out of the address bar, but not out of the page, which says what has happened. */
function forgetToken() {
  history.replaceState(history.state, "", location.pathname);
}
