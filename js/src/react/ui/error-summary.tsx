import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { clock, type ShownFailure } from "../../ui/form.js";
import { Icon } from "./icon.js";
import { useTexts } from "./texts.js";

export interface ErrorSummaryProps {
  failure: ShownFailure | undefined;
  wait: number;
  /** The id of the input of each field of the contract. */
  inputs: Record<string, string>;
}

/** Says once, above the form, what is wrong, and takes the focus there. */
export function ErrorSummary({ failure, wait, inputs }: ErrorSummaryProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const cause = failure?.cause;

  // Not when only the words change.
  useEffect(() => {
    if (cause) box.current?.focus();
  }, [cause]);

  if (!failure) return null;
  const problems = Object.entries(failure.fields).flatMap(([name, all = []]) =>
    all.map(({ detail }) => ({ detail, input: inputs[name] })),
  );
  return (
    <div className="spa-alert" role="alert" tabIndex={-1} ref={box}>
      <Icon name="alert" />
      <div className="spa-alert-body">
        <p>{failure.message}</p>
        {problems.length > 0 && (
          <ul>
            {problems.map(({ detail, input }) => (
              <li key={`${input} ${detail}`}>
                {input ? (
                  <a href={`#${input}`} onClick={focusInput}>
                    {detail}
                  </a>
                ) : (
                  detail
                )}
              </li>
            ))}
          </ul>
        )}
        {failure.wait > 0 && <Wait total={failure.wait} left={wait} />}
      </div>
    </div>
  );
}

// The ticking number is for the eyes. A screen reader would read every second of it aloud.
function Wait({ total, left }: { total: number; left: number }) {
  const { tryAgainAfter, tryAgainIn, tryAgainNow } = useTexts();
  return (
    <p className="spa-wait">
      <span className="spa-visually-hidden">{tryAgainAfter(total)}</span>
      <span aria-hidden="true">{left > 0 ? tryAgainIn(clock(left)) : tryAgainNow}</span>
    </p>
  );
}

// The address stays: it may carry where the visitor wanted to go.
function focusInput(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  document.getElementById(event.currentTarget.hash.slice(1))?.focus();
}
