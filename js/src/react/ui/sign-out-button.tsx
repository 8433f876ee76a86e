import { type ReactNode, useEffect, useState } from "react";
import { announce, prepareAnnouncer } from "../../ui/announcer.js";
import { reasonOf } from "../../ui/failure.js";
import { useAuth } from "../provider.js";
import { useAction } from "../use-action.js";
import { useSession } from "../use-session.js";
import { useTexts } from "./texts.js";

export interface SignOutButtonProps {
  className?: string;
  /** Called when it has worked: the button, and the focus with it, is gone. */
  onSignedOut?: () => void;
}

/** Signs out, and says so if it did not work; nothing while nobody is signed in. */
export function SignOutButton({
  className = "spa-button",
  onSignedOut,
}: SignOutButtonProps): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const session = useSession();
  const { run, pending } = useAction(auth.logout);
  const [problem, setProblem] = useState("");
  useEffect(prepareAnnouncer, []);

  async function signOut() {
    setProblem("");
    const { error } = await run();
    const reason = error && texts.stillSignedIn(reasonOf(error, texts));
    announce(reason ?? texts.signedOut);
    if (reason) return setProblem(reason);
    onSignedOut?.();
  }

  if (!session.isAuthenticated) return null;
  return (
    <span className="spa-sign-out">
      <button type="button" className={className} aria-busy={pending} onClick={signOut}>
        {pending ? texts.signingOut : texts.signOut}
      </button>
      {problem && <span className="spa-problem">{problem}</span>}
    </span>
  );
}
