import { type ReactNode, useEffect, useState } from "react";
import type { SocialProvider } from "../../contract.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { markOf } from "../../ui/marks.js";
import { socialEnglish } from "../../ui/social-english.js";
import { createSocialStart, noticeOf, type SocialStartOptions } from "../../ui/social-start.js";
import { useAuth } from "../provider.js";
import { useStore } from "../use-store.js";
import { ErrorSummary } from "./error-summary.js";
import { Drawing } from "./icon.js";
import { useTextsWith } from "./texts.js";
import { useFailure, useLatest } from "./use-form.js";

export interface ProviderButtonsProps {
  providers: readonly SocialProvider[];
  /** What the button of a provider says. */
  label: (name: string) => string;
  options: SocialStartOptions;
}

/** A button for each provider, and what became of the last one that was pressed. */
export function ProviderButtons({ providers, label, options }: ProviderButtonsProps): ReactNode {
  const auth = useAuth();
  const texts = useTextsWith(socialEnglish);
  const latest = useLatest({ texts, options });
  const [start] = useState(() =>
    createSocialStart(
      auth,
      () => latest.current.texts,
      () => latest.current.options,
    ),
  );
  const state = useStore(start);
  const notice = noticeOf(state, texts);
  const form = useStore(start.form);
  const failure = useFailure(form, texts);
  const { busy, wait } = form;

  useEffect(() => {
    prepareAnnouncer();
    return start.leave;
  }, [start]);

  return (
    <>
      <ErrorSummary failure={failure} wait={wait} inputs={{}} />
      {notice && <p className="spa-notice">{notice}</p>}
      <div className="spa-providers">
        {providers.map((provider) => {
          const { id, name, icon } = provider;
          const going = busy && state.at?.id === id && !notice;
          return (
            <button
              key={id}
              type="button"
              className="spa-button"
              aria-busy={going}
              aria-disabled={(busy && !notice) || wait > 0}
              onClick={() => void start.press(provider)}
            >
              {going ? (
                <span className="spa-spinner" aria-hidden="true" />
              ) : (
                <Drawing path={markOf(icon)} />
              )}
              {going ? texts.goingTo(name) : label(name)}
            </button>
          );
        })}
      </div>
    </>
  );
}
