import { Fragment, type ReactNode } from "react";
import type { SignedInSession } from "../auth.js";
import { useSession } from "./use-session.js";

export interface SignedInProps {
  children: ReactNode | ((session: SignedInSession) => ReactNode);
}

/** Shows its children while somebody is signed in. */
export function SignedIn({ children }: SignedInProps): ReactNode {
  const session = useSession();
  if (session.status !== "authenticated") return null;
  const content = typeof children === "function" ? children(session) : children;
  // A key per user: when another tab changes the user, nothing of the last one stays on screen.
  return <Fragment key={session.user.id}>{content}</Fragment>;
}

/** Shows its children while nobody is signed in; nothing as long as that is not known. */
export function SignedOut({ children }: { children: ReactNode }): ReactNode {
  const { status } = useSession();
  return status === "anonymous" || status === "pending" ? children : null;
}
