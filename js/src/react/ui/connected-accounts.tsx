import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import type { SocialConnection } from "../../contract.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import {
  accountName,
  createConnections,
  pageHere,
  providerOf,
  providersIn,
} from "../../ui/connections.js";
import { reasonOf } from "../../ui/failure.js";
import { markOf } from "../../ui/marks.js";
import { socialEnglish } from "../../ui/social-english.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { useStore } from "../use-store.js";
import { Drawing } from "./icon.js";
import { Modal } from "./modal.js";
import { ProviderButtons } from "./provider-buttons.js";
import { Problem, Trouble, Waiting } from "./status.js";
import { useTextsWith } from "./texts.js";
import { useLatest } from "./use-form.js";

export interface ConnectedAccountsProps {
  /** The path to come back to with another account. Otherwise it is that of the page. */
  next?: string | undefined;
}

/**
 * The accounts elsewhere by which one signs in: connect another, disconnect one; nothing while nobody
 * is signed in. Both want a fresh proof.
 */
export function ConnectedAccounts(props: ConnectedAccountsProps): ReactNode {
  const session = useSession();
  if (session.status !== "authenticated") return null;
  // A key per user: nothing of the last one stays on screen.
  return <Accounts key={session.user.id} {...props} />;
}

function Accounts({ next }: ConnectedAccountsProps) {
  const auth = useAuth();
  const texts = useTextsWith(socialEnglish);
  const latest = useLatest(texts);
  const [connections] = useState(() => createConnections(auth));
  const state = useStore(connections);
  const { list, trouble, problem, busy } = state;
  const [asked, setAsked] = useState<SocialConnection>();
  const keep = useCallback(() => setAsked(undefined), []);
  const title = useRef<HTMLHeadingElement>(null);
  const id = useId();

  useEffect(() => {
    prepareAnnouncer();
    void connections.load();
  }, [connections]);

  async function disconnect(connection: SocialConnection) {
    // First: a dialog that asks for a proof comes over the page, and the focus goes back to it.
    keep();
    // The button that had the focus is gone.
    if (await connections.disconnect(connection, () => latest.current)) title.current?.focus();
  }

  const more = providersIn(state, false);
  return (
    <section className="spa-list" aria-labelledby={id}>
      <h2 id={id} ref={title} tabIndex={-1}>
        {texts.connectedAccounts}
      </h2>
      {!list && !trouble && <Waiting text={texts.loadingConnected} />}
      {trouble && <Trouble why={trouble} onRetry={() => void connections.load()} />}
      {problem && <Problem text={reasonOf(problem, texts)} />}
      {list?.length === 0 && <p>{texts.noneConnected}</p>}
      {list && list.length > 0 && (
        <ul>
          {list.map((each) => (
            <li key={each.id}>
              <Drawing path={markOf(providerOf(each, state).icon)} />
              <div className="spa-item">
                <p>{providerOf(each, state).name}</p>
                {each.address && <p>{each.address}</p>}
                <p>{texts.connectedAt(texts.moment(each.createdAt))}</p>
                <p>{texts.lastUsedAt(texts.moment(each.lastUsedAt))}</p>
              </div>
              <button
                type="button"
                className="spa-button"
                aria-label={texts.disconnectThis(accountName(each, state))}
                aria-busy={busy === each.id}
                onClick={() => setAsked(busy ? undefined : each)}
              >
                {busy === each.id ? texts.disconnecting : texts.disconnect}
              </button>
            </li>
          ))}
        </ul>
      )}
      {list && more.length > 0 && (
        <ProviderButtons
          providers={more}
          label={texts.connect}
          options={{ connect: true, next: next ?? pageHere() }}
        />
      )}
      {asked && (
        <Modal
          title={texts.disconnectQuestion(accountName(asked, state))}
          about={texts.disconnectMeans(providerOf(asked, state).name)}
          role="alertdialog"
          onDismiss={keep}
        >
          <div className="spa-form-foot">
            <button type="button" className="spa-button" onClick={keep}>
              {texts.keepConnected}
            </button>
            <button
              type="button"
              className="spa-button spa-danger"
              onClick={() => void disconnect(asked)}
            >
              {texts.disconnect}
            </button>
          </div>
        </Modal>
      )}
    </section>
  );
}
