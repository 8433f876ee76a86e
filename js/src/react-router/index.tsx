import { Fragment, type ReactNode } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import type { Auth } from "../auth.js";
import { signInLink } from "../next.js";
import { useSession } from "../react/use-session.js";

export interface RequireSessionProps {
  /** Where the sign-in page is. It gets the wanted address as `next`; read it with `safeNext`. */
  signInPath: string;
  /** Shown until the server has said who this is. */
  waiting?: ReactNode;
  /** Shown when the server cannot say. Offer `auth.load()` to try again. */
  unavailable?: ReactNode;
  /** What is guarded; the routes below, unless something is given. */
  children?: ReactNode;
}

/** Shows what it guards to a signed-in visitor, and sends everybody else to the sign-in page. */
export function RequireSession({
  signInPath,
  waiting,
  unavailable,
  children = <Outlet />,
}: RequireSessionProps): ReactNode {
  const session = useSession();
  const { pathname, search, hash } = useLocation();

  switch (session.status) {
    case "authenticated":
      // A key per user: when another tab changes the user, nothing of the last one stays on screen.
      return <Fragment key={session.user.id}>{children}</Fragment>;
    case "loading":
      return waiting;
    case "unavailable":
      return unavailable;
    default:
      return <Navigate to={signInLink(signInPath, pathname + search + hash)} replace />;
  }
}

/**
 * A loader or middleware-like guard for data routers: waits for the session, so that no loader below
 * asks for somebody who is not there. Throws a redirect to the sign-in page, or an `Outage`.
 * `RequireSession` is still needed where a session may end while the page is open.
 */
export async function requireSession(
  auth: Auth,
  request: Request,
  signInPath: string,
): Promise<void> {
  const { isAuthenticated } = await auth.load();
  if (isAuthenticated) return;
  const { pathname, search } = new URL(request.url);
  const Location = signInLink(signInPath, pathname + search);
  throw new Response(null, { status: 302, headers: { Location } });
}
