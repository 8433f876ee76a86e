import { type ReactNode, useEffect, useState } from "react";
import { announce, prepareAnnouncer } from "../../ui/announcer.js";
import { reasonOf, type Why } from "../../ui/failure.js";
import type { Texts } from "../../ui/texts.js";
import { useAuth } from "../provider.js";
import { useAction } from "../use-action.js";
import { useSession } from "../use-session.js";
import { useTexts } from "./texts.js";
import { useLatest } from "./use-form.js";

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
  const latest = useLatest(texts);
  const session = useSession();
  const { run, pending } = useAction(auth.logout);
  const [problem, setProblem] = useState<Why>();
  useEffect(prepareAnnouncer, []);

  async function signOut() {
    setProblem(undefined);
    const { error } = await run();
    const now = latest.current;
    announce(error ? stillSignedIn(error, now) : now.signedOut);
    if (error) return setProblem(error);
    onSignedOut?.();
  }

  if (!session.isAuthenticated) return null;
  return (
    <span className="spa-sign-out">
      <button type="button" className={className} aria-busy={pending} onClick={signOut}>
        {pending ? texts.signingOut : texts.signOut}
      </button>
      {problem && <span className="spa-problem">{stillSignedIn(problem, texts)}</span>}
    </span>
  );
}

function stillSignedIn(error: Why, texts: Texts): string {
  return texts.stillSignedIn(reasonOf(error, texts));
}
