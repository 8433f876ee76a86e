import type { SessionInfo, User } from "django-spa-auth";
import { displayName, reasonOf, useAuth, useSession, useTexts } from "django-spa-auth/react";
import { Link } from "react-router";
import { getGreeting, getStats } from "../api";
import { useLanguage, useWords } from "../language";
import { Page } from "../layout/page";
import { Sentence } from "../layout/sentence";
import { Trouble } from "../layout/trouble";
import { Waiting } from "../layout/waiting";
import { paths } from "../paths";
import { useResource } from "../use-resource";
import { english } from "../words/home";
import { Claims } from "./claims";

export function Home() {
  const words = useWords("home", english);
  return (
    <Page title={words.home} heading={words.homeHeading} className="home">
      <p className="lead">{words.homeLead}</p>
      <section className="pass" aria-label={words.yourSession}>
        <Pass />
      </section>
      <Claims />
    </Page>
  );
}

function Pass() {
  const words = useWords("home", english);
  const auth = useAuth();
  const session = useSession();
  const { shown } = useLanguage();
  switch (session.status) {
    case "authenticated":
      // Another user in another tab: nothing of the last one stays. In another language, neither.
      return (
        <Welcome key={`${shown} ${session.user.id}`} user={session.user} info={session.session} />
      );
    case "loading":
      return <Waiting text={words.loadingSession} />;
    case "unavailable":
      return <Trouble message={words.cannotSay} onRetry={() => void auth.load().catch(() => {})} />;
    default:
      return <Invitation />;
  }
}

function Invitation() {
  const words = useWords("home", english);
  return (
    <>
      <p className="pass-kicker">{words.nobody}</p>
      <h2>{words.comeIn}</h2>
      <p>
        <Sentence text={words.invitation}>
          {(link) => <Link to={paths.signUp}>{link}</Link>}
        </Sentence>
      </p>
      <p>
        <Link className="spa-button spa-primary" to={paths.signIn}>
          {words.goToSignIn}
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
  const words = useWords("home", english);
  const texts = useTexts();
  const greeting = useResource(getGreeting);
  const stats = useResource(getStats);
  const failed = [greeting, stats].find(({ resource }) => resource.status === "failed");
  const hello =
    greeting.resource.status === "ready"
      ? greeting.resource.data.message
      : words.hello(displayName(user));
  const counted = stats.resource.status === "ready" ? stats.resource.data : undefined;
  return (
    <>
      <p className="pass-kicker">{words.signedIn}</p>
      <h2>{hello}</h2>
      <dl className="facts">
        <Fact term={words.notes} value={counted && words.number(counted.notes)} />
        <Fact term={words.memberSince} value={counted && words.day(counted.memberSince)} />
        <Fact term={words.provedBy} value={words.proofs(info.proofs)} />
        {info.authenticatedAt && (
          <Fact term={words.signedInAt} value={words.moment(info.authenticatedAt)} />
        )}
        {info.expiresAt && <Fact term={words.endsBy} value={words.moment(info.expiresAt)} />}
      </dl>
      {failed?.resource.status === "failed" && (
        <Trouble
          message={reasonOf(failed.resource.error, texts)}
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
