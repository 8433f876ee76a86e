import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { TokenMade } from "../../contract.js";
import { announce } from "../../ui/announcer.js";
import { copyFrom } from "../../ui/tokens.js";
import { tokensEnglish } from "../../ui/tokens-english.js";
import { TextField } from "./field.js";
import { useTextsWith } from "./texts.js";
import { useLatest } from "./use-form.js";

export interface MadeTokenProps {
  made: TokenMade;
  onDone: () => void;
}

/** A token that was just made, with a button that copies it. */
export function MadeToken({ made, onDone }: MadeTokenProps): ReactNode {
  const texts = useTextsWith(tokensEnglish);
  const box = useRef<HTMLElement>(null);
  const [said, setSaid] = useState<"copied" | "notCopied">();
  const latest = useLatest(texts);
  const id = useId();

  useEffect(() => box.current?.focus(), []);

  async function copy() {
    const word = await copyFrom(document.getElementById(id) as HTMLInputElement);
    setSaid(word);
    announce(latest.current[word]);
  }

  return (
    <section
      className="spa-notice spa-steps"
      ref={box}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
    >
      <h2 id={`${id}-title`}>{texts.tokenMade(made.created.name)}</h2>
      <TextField
        id={id}
        label={texts.token}
        hint={texts.tokenOnce}
        value={made.token}
        dir="ltr"
        readOnly
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="spa-form-foot">
        <button type="button" className="spa-button spa-primary" onClick={() => void copy()}>
          {texts.copy}
        </button>
        <button type="button" className="spa-button" onClick={onDone}>
          {texts.done}
        </button>
        {said && <span className="spa-saved">{texts[said]}</span>}
      </div>
    </section>
  );
}
