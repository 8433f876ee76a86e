import type { ReactNode } from "react";
import { reasonOf, type Why } from "../../ui/failure.js";
import { Icon } from "./icon.js";
import { useTexts } from "./texts.js";

/** What is shown before the first answer. */
export function Waiting({ text }: { text: string }): ReactNode {
  return (
    <p className="spa-waiting">
      <span className="spa-spinner" aria-hidden="true" />
      {text}
    </p>
  );
}

/** Why something did not work. */
export function Problem({ text }: { text: string }): ReactNode {
  return (
    <div className="spa-alert">
      <Icon name="alert" />
      <p>{text}</p>
    </div>
  );
}

/** Why something could not be read, and the way to try again. */
export function Trouble({ why, onRetry }: { why: Why; onRetry: () => void }): ReactNode {
  const texts = useTexts();
  return (
    <div className="spa-alert" role="alert">
      <Icon name="alert" />
      <div className="spa-alert-body">
        <p>{reasonOf(why, texts)}</p>
        <button type="button" className="spa-button" onClick={onRetry}>
          {texts.tryAgain}
        </button>
      </div>
    </div>
  );
}
