import { ProfileForm, useSession } from "django-spa-auth/react";
import { Link } from "react-router";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { paths } from "../paths";
import { english } from "../words/accounts";

const FIELDS = ["username", "firstName", "lastName"] as const;

export function ProfilePage() {
  const words = useWords("accounts", english);
  const session = useSession();
  if (!session.isAuthenticated) return null;
  const { user } = session;
  return (
    <Page title={words.profile} className="narrow split">
      <p className="lead">{words.howYouAppear}</p>
      <div className="card">
        <ProfileForm fields={FIELDS} />
      </div>
      <aside className="beside" aria-label={words.account}>
        <dl className="facts">
          <div>
            <dt>{words.email}</dt>
            <dd>{user.email ?? words.none}</dd>
          </div>
          <div>
            <dt>{words.emailStatus}</dt>
            <dd>
              <span className={user.emailVerified ? "badge badge-good" : "badge"}>
                {user.emailVerified ? words.verified : words.notVerified}
              </span>
            </dd>
          </div>
        </dl>
        <p className="under-form">
          <Link to={paths.changeEmail}>{words.changeAddress}</Link>
        </p>
        {user.email && !user.emailVerified && (
          <p className="under-form">
            <Link to={paths.verifyEmail}>{words.confirmAddress}</Link>
          </p>
        )}
        <p className="under-form">
          <Link to={paths.password}>{words.changePassword}</Link>
        </p>
        <p className="under-form">
          <Link to={paths.tokens}>{words.apiTokens}</Link>
        </p>
        <p className="under-form">
          <Link to={paths.account}>{words.dataAndAccount}</Link>
        </p>
      </aside>
    </Page>
  );
}
