import { Fragment, type ReactNode, useSyncExternalStore } from "react";
import { Navigate, useLocation } from "react-router";
import type { Auth, Snapshot } from "./client";
import { signInLink } from "./next";

/** What is known about the session. The first component that asks starts the one request. */
export function useSession(auth: Auth): Snapshot {
  return useSyncExternalStore(auth.subscribe, auth.get, auth.getServer);
}

export interface RequireSessionProps {
  auth: Auth;
  signInPath: string;
  /** Shown until the server has said who this is. */
  waiting: ReactNode;
  /** Shown when the server cannot say. Offer `auth.load()` to try again. */
  unavailable: ReactNode;
  children: ReactNode;
}

/** Shows its children to a signed-in visitor, and sends everybody else to the sign-in page. */
export function RequireSession(props: RequireSessionProps): ReactNode {
  const session = useSession(props.auth);
  const { pathname, search, hash } = useLocation();

  switch (session.status) {
    case "authenticated":
      // A key per user: when another tab changes the user, nothing of the last one stays on screen.
      return <Fragment key={session.user.id}>{props.children}</Fragment>;
    case "loading":
      return props.waiting;
    case "unavailable":
      return props.unavailable;
    default:
      return <Navigate to={signInLink(props.signInPath, pathname + search + hash)} replace />;
  }
}
