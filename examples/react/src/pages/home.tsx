import type { SessionInfo, User } from "django-spa-auth";
import { displayName, useAuth, useSession } from "django-spa-auth/react";
import { Link } from "react-router";
import { getGreeting, getStats } from "../api";
import { Page } from "../layout/page";
import { Trouble } from "../layout/trouble";
import { Waiting } from "../layout/waiting";
import { paths } from "../paths";
import { useResource } from "../use-resource";
import { day, moment } from "../words";
import { Claims } from "./claims";

export function Home() {
  return (
    <Page title="Home" heading="Django's sessions, for a single-page app" className="home">
      <p className="lead">
        An example of django-spa-auth: a React front end that signs in with Django's own users,
        sessions and CSRF protection, and keeps no token in the storage of the browser.
      </p>
      <section className="pass" aria-label="Your session">
        <Pass />
      </section>
      <Claims />
    </Page>
  );
}

function Pass() {
  const auth = useAuth();
  const session = useSession();
  switch (session.status) {
    case "authenticated":
      // Another user in another tab: nothing of the last one stays.
      return <Welcome key={session.user.id} user={session.user} info={session.session} />;
    case "loading":
      return <Waiting what="your session" />;
    case "unavailable":
      return (
        <Trouble
          message="The server cannot say whether you are signed in."
          onRetry={() => void auth.load().catch(() => {})}
        />
      );
    default:
      return <Invitation />;
  }
}

function Invitation() {
  return (
    <>
      <p className="pass-kicker">Nobody is signed in</p>
      <h2>Come in and look around</h2>
      <p>
        The sign-in page has a demo account for you. It takes one request. Or{" "}
        <Link to={paths.signUp}>make an account</Link> of your own.
      </p>
      <p>
        <Link className="spa-button spa-primary" to={paths.signIn}>
          Go to the sign-in page
        </Link>
      </p>
    </>
  );
}

interface WelcomeProps {
  user: User;
  info: SessionInfo;
}

function Welcome({ user, info }: WelcomeProps) {
  const greeting = useResource(getGreeting);
  const stats = useResource(getStats);
  const failed = [greeting, stats].find(({ resource }) => resource.status === "failed");
  const hello =
    greeting.resource.status === "ready"
      ? greeting.resource.data.message
      : `Hello ${displayName(user)}`;
  const counted = stats.resource.status === "ready" ? stats.resource.data : undefined;
  return (
    <>
      <p className="pass-kicker">Signed in</p>
      <h2>{hello}</h2>
      <dl className="facts">
        <Fact term="Notes" value={counted && String(counted.notes)} />
        <Fact term="Member since" value={counted && day(counted.memberSince)} />
        <Fact term="Proved by" value={info.proofs.join(", ") || "another sign-in"} />
        {info.authenticatedAt && <Fact term="Signed in" value={moment(info.authenticatedAt)} />}
        {info.expiresAt && <Fact term="Ends by" value={moment(info.expiresAt)} />}
      </dl>
      {failed?.resource.status === "failed" && (
        <Trouble
          message={failed.resource.message}
          onRetry={() => {
            greeting.retry();
            stats.retry();
          }}
        />
      )}
    </>
  );
}

// A dash keeps the place, so that nothing moves when the value comes.
function Fact({ term, value }: { term: string; value: string | undefined }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value ?? "\u2013"}</dd>
    </div>
  );
}
