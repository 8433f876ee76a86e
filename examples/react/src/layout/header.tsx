import { signInLink } from "django-spa-auth";
import { displayName, SignedIn, SignedOut, SignOutButton } from "django-spa-auth/react";
import { Link, NavLink, useLocation } from "react-router";
import { paths } from "../paths";
import { KeyIcon } from "./icons";

export function Header() {
  return (
    <header className="header">
      <div className="header-row">
        <Link className="brand" to={paths.home}>
          <KeyIcon />
          django-spa-auth
        </Link>
        <nav className="nav" aria-label="Main">
          <NavLink to={paths.home} end>
            Home
          </NavLink>
          <NavLink to={paths.notes}>Notes</NavLink>
          <NavLink to={paths.profile}>Profile</NavLink>
          <NavLink to={paths.devices}>Devices</NavLink>
          <NavLink to={paths.activity}>Activity</NavLink>
        </nav>
        <div className="account">
          <SignedIn>{({ user }) => <Who name={displayName(user) || "you"} />}</SignedIn>
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
  const { pathname, search, hash } = useLocation();
  if (pathname === paths.signIn) return null;
  return (
    <Link className="spa-button" to={signInLink(paths.signIn, pathname + search + hash)}>
      Sign in
    </Link>
  );
}

function Who({ name }: { name: string }) {
  return (
    <span className="who">
      <span className="visually-hidden">Signed in as </span>
      <span className="avatar" aria-hidden="true">
        {name.slice(0, 1).toUpperCase()}
      </span>
      <span className="who-name">{name}</span>
    </span>
  );
}

// The button is gone, and the focus with it. Guarded pages have moved on by themselves.
function focusHeading() {
  document.querySelector("h1")?.focus();
}
