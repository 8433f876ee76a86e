import { ProfileForm, useSession } from "django-spa-auth/react";
import { Link } from "react-router";
import { Page } from "../layout/page";
import { paths } from "../paths";

const FIELDS = ["username", "firstName", "lastName"] as const;

export function ProfilePage() {
  const session = useSession();
  if (!session.isAuthenticated) return null;
  const { user } = session;
  return (
    <Page title="Profile" className="narrow split">
      <p className="lead">How you appear here.</p>
      <div className="card">
        <ProfileForm fields={FIELDS} />
      </div>
      <aside className="beside" aria-label="Account">
        <dl className="facts">
          <div>
            <dt>Email</dt>
            <dd>{user.email ?? "None"}</dd>
          </div>
          <div>
            <dt>Email status</dt>
            <dd>
              <span className={user.emailVerified ? "badge badge-good" : "badge"}>
                {user.emailVerified ? "Verified" : "Not verified"}
              </span>
            </dd>
          </div>
        </dl>
        <p className="under-form">
          <Link to={paths.changeEmail}>Change your address</Link>
        </p>
        {user.email && !user.emailVerified && (
          <p className="under-form">
            <Link to={paths.verifyEmail}>Confirm your address</Link>
          </p>
        )}
        <p className="under-form">
          <Link to={paths.password}>Change your password</Link>
        </p>
        <p className="under-form">
          <Link to={paths.account}>Your data and account</Link>
        </p>
      </aside>
    </Page>
  );
}
