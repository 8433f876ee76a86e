import { type ReactNode, useEffect, useState } from "react";
import { createConnections, providersIn } from "../../ui/connections.js";
import { socialEnglish } from "../../ui/social-english.js";
import { useAuth } from "../provider.js";
import { useStore } from "../use-store.js";
import { ProviderButtons } from "./provider-buttons.js";
import { Trouble, Waiting } from "./status.js";
import { useTextsWith } from "./texts.js";

/** The page stays, because what was begun on it waits there. */
const OPTIONS = { popup: "only" } as const;

/** Confirm who one is by signing in at a provider again. */
export function SocialProof(): ReactNode {
  const auth = useAuth();
  const texts = useTextsWith(socialEnglish);
  const [connections] = useState(() => createConnections(auth));
  const state = useStore(connections);
  const { list, trouble } = state;
  useEffect(() => void connections.load(), [connections]);

  if (trouble) return <Trouble why={trouble} onRetry={() => void connections.load()} />;
  if (!list) return <Waiting text={texts.loading} />;
  return (
    <div className="spa-steps">
      <ProviderButtons
        providers={providersIn(state, true)}
        label={texts.confirmWith}
        options={OPTIONS}
      />
    </div>
  );
}
