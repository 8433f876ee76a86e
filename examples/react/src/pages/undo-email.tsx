import { tokenIn, UndoEmailChange } from "django-spa-auth/react";
import { Link, useLocation } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";
import { english } from "../words/accounts";

/** Where the link leads that the old address was sent. Opening it changes nothing: the button does. */
export function UndoEmail() {
  const words = useWords("accounts", english);
  const token = tokenIn(useLocation().hash);

  return (
    <Page title={words.bringBackAddress} className="narrow">
      {token ? (
        <div className="card">
          <UndoEmailChange token={token} onDone={forgetToken} />
        </div>
      ) : (
        <p className="lead">{words.notWhole}</p>
      )}
      <p className="under-form">
        <Link to={paths.forgotPassword}>{words.chooseNewPassword}</Link>
      </p>
    </Page>
  );
}

/** Out of the address bar, but not out of the page, which says what has happened. */
function forgetToken() {
  history.replaceState(history.state, "", location.pathname);
}
