import type { ReactNode } from "react";
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
export function Trouble({ text, onRetry }: { text: string; onRetry: () => void }): ReactNode {
  const { tryAgain } = useTexts();
  return (
    <div className="spa-alert" role="alert">
      <Icon name="alert" />
      <div className="spa-alert-body">
        <p>{text}</p>
        <button type="button" className="spa-button" onClick={onRetry}>
          {tryAgain}
        </button>
      </div>
    </div>
  );
}
