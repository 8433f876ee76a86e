import { useState } from "react";
import { Link, NavLink, useLocation } from "react-router";
import { announce } from "../announcer";
import { Outage, signInLink, type User } from "../auth";
import { paths } from "../paths";
import { auth, useAuth } from "../session";
import { displayName, explain } from "../words";
import { KeyIcon } from "./icons";

export function Header() {
  const session = useAuth();
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
        </nav>
        <div className="account">
          {session.isAuthenticated && <SignedIn user={session.user} />}
          {session.status !== "loading" && !session.isAuthenticated && <SignInLink />}
        </div>
      </div>
    </header>
  );
}

function SignInLink() {
  const { pathname, search, hash } = useLocation();
  if (pathname === paths.signIn) return null;
  return (
    <Link className="button small" to={signInLink(paths.signIn, pathname + search + hash)}>
      Sign in
    </Link>
  );
}

function SignedIn({ user }: { user: User }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const name = displayName(user);

  async function signOut() {
    if (busy) return;
    setBusy(true);
    setProblem("");
    const reason = await trySigningOut();
    setBusy(false);
    setProblem(reason);
    if (reason) return announce(reason);
    announce("You are signed out.");
    // The button is gone, and the focus with it. Guarded pages have moved on by themselves.
    document.querySelector("h1")?.focus();
  }

  return (
    <>
      <span className="who">
        <span className="visually-hidden">Signed in as </span>
        <span className="avatar" aria-hidden="true">
          {name.slice(0, 1).toUpperCase()}
        </span>
        <span className="who-name">{name}</span>
      </span>
      <button type="button" className="button small" aria-busy={busy} onClick={signOut}>
        {busy ? "Signing out" : "Sign out"}
      </button>
      {problem && <p className="account-problem">{problem}</p>}
    </>
  );
}

/** Why it did not work, or nothing. The session lives on then, and the page must say so. */
async function trySigningOut(): Promise<string> {
  try {
    const { error } = await auth.signOut();
    return error ? `You are still signed in. ${error.detail}` : "";
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    return `You are still signed in. ${explain(error)}`;
  }
}
