import type { ReactNode } from "react";
import { socialEnglish } from "../../ui/social-english.js";
import { ProviderButtons } from "./provider-buttons.js";
import { useTextsWith } from "./texts.js";
import { useConfig } from "./use-config.js";

export interface SocialButtonsProps {
  /** The path to come back to. Otherwise it is `/`. Only a path of this site is followed. */
  next?: string | undefined;
  /** False ends the session with the browser. */
  remember?: boolean | undefined;
  /** Go on in a window of its own, while the page stays; where none opens, the page leaves. */
  popup?: boolean | undefined;
}

/** Sign in or up with a provider; nothing where the server has none. Stands below the form. */
export function SocialButtons(options: SocialButtonsProps): ReactNode {
  const { config } = useConfig();
  const texts = useTextsWith(socialEnglish);
  const providers = config?.social?.providers ?? [];
  if (providers.length === 0) return null;
  return (
    <div className="spa-steps spa-social">
      <p className="spa-or">{texts.or}</p>
      <ProviderButtons providers={providers} label={texts.continueWith} options={options} />
    </div>
  );
}
