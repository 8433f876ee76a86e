import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import type { ListedToken, TokenList } from "../../contract.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { reasonOf } from "../../ui/failure.js";
import { createTokens, describeToken } from "../../ui/tokens.js";
import { tokensEnglish } from "../../ui/tokens-english.js";
import { useAuth } from "../provider.js";
import { useSession } from "../use-session.js";
import { useStore } from "../use-store.js";
import { Icon } from "./icon.js";
import { MadeToken } from "./made-token.js";
import { Modal } from "./modal.js";
import { NewTokenForm } from "./new-token-form.js";
import { Problem, Trouble, Waiting } from "./status.js";
import { useTextsWith } from "./texts.js";
import { useLatest } from "./use-form.js";

/** One's API tokens: make one, which is shown once, and revoke them. Nothing while nobody is signed in. */
export function ApiTokens(): ReactNode {
  const session = useSession();
  if (session.status !== "authenticated") return null;
  // A key per user: what was made for one is not for the next.
  return <Tokens key={session.user.id} />;
}

function Tokens() {
  const auth = useAuth();
  const texts = useTextsWith(tokensEnglish);
  const latest = useLatest(texts);
  const [tokens] = useState(() => createTokens(auth, () => latest.current));
  const { known, made, trouble, problem, busy } = useStore(tokens);
  const [asked, setAsked] = useState<ListedToken>();
  const keep = useCallback(() => setAsked(undefined), []);
  const title = useRef<HTMLHeadingElement>(null);
  const id = useId();

  // A word of the page stands for its language, in which the server says what a token may.
  const language = texts.abilities;

  useEffect(prepareAnnouncer, []);
  useEffect(() => void tokens.load(language), [tokens, language]);

  async function revoke(token: ListedToken) {
    keep();
    // The button that had the focus is gone.
    if (await tokens.revoke(token)) title.current?.focus();
  }

  return (
    <div className="spa-steps">
      {made && <MadeToken key={made.created.id} made={made} onDone={tokens.hide} />}
      <section className="spa-list" aria-labelledby={id}>
        <h2 id={id} ref={title} tabIndex={-1}>
          {known ? texts.countedTokens(known.tokens.length) : texts.tokens}
        </h2>
        {!known && !trouble && <Waiting text={texts.loadingTokens} />}
        {trouble && <Trouble why={trouble} onRetry={() => void tokens.load()} />}
        {problem && <Problem text={reasonOf(problem, texts)} />}
        {known && known.tokens.length > 0 && (
          <ul>
            {known.tokens.map((token) => (
              <TokenItem
                key={token.id}
                token={token}
                known={known}
                busy={busy === token.id}
                onRevoke={() => setAsked(token)}
              />
            ))}
          </ul>
        )}
      </section>
      {known && known.abilities.length === 0 && <p className="spa-hint">{texts.noAbilities}</p>}
      {known && known.abilities.length > 0 && (
        <NewTokenForm abilities={known.abilities} onMade={tokens.show} />
      )}
      {asked && (
        <Modal
          title={texts.revokeQuestion(asked.name)}
          about={<p>{texts.revokeMeans}</p>}
          role="alertdialog"
          onDismiss={keep}
        >
          <div className="spa-form-foot">
            <button type="button" className="spa-button" onClick={keep}>
              {texts.cancel}
            </button>
            <button
              type="button"
              className="spa-button spa-danger"
              onClick={() => void revoke(asked)}
            >
              {texts.revoke}
            </button>
          </div>
        </Modal>
      )}
    </div>
  );
}

interface TokenItemProps {
  token: ListedToken;
  known: TokenList;
  busy: boolean;
  onRevoke: () => void;
}

function TokenItem({ token, known, busy, onRevoke }: TokenItemProps) {
  const texts = useTextsWith(tokensEnglish);
  return (
    <li>
      <Icon name="key" />
      <div className="spa-item">
        <p>{token.name}</p>
        {describeToken(token, known, texts).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <button
        type="button"
        className="spa-button"
        aria-label={texts.revokeToken(token.name)}
        aria-busy={busy}
        onClick={onRevoke}
      >
        {busy ? texts.revoking : texts.revoke}
      </button>
    </li>
  );
}
