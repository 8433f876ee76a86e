import { signInLink } from "django-spa-auth";
import { displayName, SignedIn, SignedOut, SignOutButton } from "django-spa-auth/react";
import { Link, NavLink, useLocation } from "react-router";
import { useLanguage, useWords } from "../language";
import { initial } from "../letters";
import { paths } from "../paths";
import { KeyIcon } from "./icons";

export function Header() {
  const words = useWords();
  return (
    <header className="header">
      <div className="header-row">
        <Link className="brand" to={paths.home}>
          <KeyIcon />
          django-spa-auth
        </Link>
        <nav className="nav" aria-label={words.main}>
          <NavLink to={paths.home} end>
            {words.home}
          </NavLink>
          <NavLink to={paths.notes}>{words.notes}</NavLink>
          <NavLink to={paths.profile}>{words.profile}</NavLink>
          <NavLink to={paths.devices}>{words.devices}</NavLink>
          <NavLink to={paths.activity}>{words.activity}</NavLink>
        </nav>
        <div className="account">
          <SignedIn>{({ user }) => <Who name={displayName(user) || words.you} />}</SignedIn>
          <SignOutButton onSignedOut={focusHeading} />
          <SignedOut>
            <SignInLink />
          </SignedOut>
        </div>
      </div>
    </header>
  );
}

function SignInLink() {
  const words = useWords();
  const { pathname, search, hash } = useLocation();
  if (pathname === paths.signIn) return null;
  return (
    <Link className="spa-button" to={signInLink(paths.signIn, pathname + search + hash)}>
      {words.signIn}
    </Link>
  );
}

function Who({ name }: { name: string }) {
  const words = useWords();
  const { shown } = useLanguage();
  return (
    <span className="who">
      <span className="visually-hidden">{words.signedInAs(name)}</span>
      <span className="avatar" aria-hidden="true">
        {initial(name, shown)}
      </span>
      <span className="who-name" aria-hidden="true" dir="auto">
        {name}
      </span>
    </span>
  );
}

// The button is gone, and the focus with it. Guarded pages have moved on by themselves.
function focusHeading() {
  document.querySelector("h1")?.focus();
}
