import { type MouseEvent, useEffect, useRef } from "react";
import { AlertIcon } from "../layout/icons";
import type { Failure } from "./failure";

interface ErrorSummaryProps {
  failure: Failure | undefined;
  wait: number;
  /** The id of the input of each field of the contract. */
  inputs: Record<string, string>;
}

/** Says once, above the form, what is wrong, and takes the focus there. */
export function ErrorSummary({ failure, wait, inputs }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);

  if (!failure) return null;
  const problems = Object.entries(failure.fields).flatMap(([name, all]) =>
    all.map(({ detail }) => ({ detail, input: inputs[name] })),
  );
  return (
    <div className="alert" role="alert" tabIndex={-1} ref={box}>
      <AlertIcon />
      <div className="alert-body">
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
  return (
    <p className="wait">
      <span className="visually-hidden">You can try again in {total} seconds.</span>
      <span aria-hidden="true">{left > 0 ? `Try again in ${clock(left)}` : "Try again now."}</span>
    </p>
  );
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// The address stays: it may carry where the visitor wanted to go.
function focusInput(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  document.getElementById(event.currentTarget.hash.slice(1))?.focus();
}
