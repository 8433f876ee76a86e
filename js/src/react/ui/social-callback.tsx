import { type ReactNode, useEffect, useState } from "react";
import type { Session } from "../../auth.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createSocialCallback } from "../../ui/social-callback.js";
import { socialEnglish } from "../../ui/social-english.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { useStore } from "../use-store.js";
import { ErrorSummary } from "./error-summary.js";
import { Waiting } from "./status.js";
import { useTextsWith } from "./texts.js";
import { useFailure, useLatest } from "./use-form.js";

export interface SocialCallbackProps {
  /** Which one it is, from the path of the page. */
  provider: string;
  /** Where people sign in otherwise, and go on with a sign-in of which a step is left. */
  signInPath: string;
  /** Where they sign up by mail. */
  signUpPath?: string | undefined;
  /** Where the connected accounts are. */
  accountPath?: string | undefined;
  /** It has worked: the session is the answer, and `path` is where to go on. */
  onDone?: ((session: Session, path: string) => void) | undefined;
}

/** Where a provider sends people back to: finishes what was begun in this tab, or says why not. */
export function SocialCallback(props: SocialCallbackProps): ReactNode {
  const auth = useAuth();
  const texts = useTextsWith(socialEnglish);
  // Somebody has to listen, or the other tabs do not hear of it.
  useSession();
  const latest = useLatest({ ...props, texts });
  const [callback] = useState(() => createSocialCallback(auth, () => latest.current));
  const { connect, handedOver, code } = useStore(callback);
  const form = useStore(callback.form);
  const failure = useFailure(form, texts);
  const { busy, wait } = form;

  useEffect(() => {
    prepareAnnouncer();
    void callback.start();
  }, [callback]);

  if (handedOver) return <p>{texts.closeWindow}</p>;
  if (!failure || !code) return <Waiting text={connect ? texts.connecting : texts.signingIn} />;
  return (
    <div className="spa-steps">
      <h2>{texts.socialFailed(code)}</h2>
      <ErrorSummary failure={failure} wait={wait} inputs={{}} />
      <div className="spa-form-foot">
        {callback.actions().map(({ label, href }, index) =>
          href ? (
            <a
              key={label}
              className={index === 0 ? "spa-button spa-primary" : "spa-button"}
              href={href}
            >
              {label}
            </a>
          ) : (
            <button
              key={label}
              type="button"
              className="spa-button spa-primary"
              aria-busy={busy}
              aria-disabled={busy || wait > 0}
              onClick={() => void callback.again()}
            >
              {busy && <span className="spa-spinner" aria-hidden="true" />}
              {label}
            </button>
          ),
        )}
      </div>
    </div>
  );
}
