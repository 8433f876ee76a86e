import { SignUpForm, SocialButtons, tokenIn, useSession } from "django-spa-auth/react";
import { Link, Navigate, useLocation, useNavigate } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";
import { english } from "../words/accounts";

/** Also where the link of the mail leads. Opening it makes nothing: the token goes with the form. */
export function SignUp() {
  const words = useWords("accounts", english);
  const session = useSession();
  const navigate = useNavigate();
  const token = tokenIn(useLocation().hash);

  // Who is signed in, perhaps a moment ago by this very form, has no use for it.
  if (session.isAuthenticated && !token) return <Navigate to={paths.home} replace />;
  return (
    <Page title={words.signUp} className="narrow">
      <p className="lead">{token ? words.addressRight : words.mailToConfirm}</p>
      <div className="card">
        <SignUpForm token={token} onDone={() => navigate(paths.signIn, { replace: true })} />
        {!token && <SocialButtons />}
      </div>
      <p className="under-form">
        {token ? (
          <Link to={paths.signUp}>{words.newMail}</Link>
        ) : (
          <Link to={paths.signIn}>{words.haveAccount}</Link>
        )}
      </p>
    </Page>
  );
}
