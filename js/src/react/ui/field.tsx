import { type ComponentPropsWithRef, type ReactNode, useState } from "react";
import type { FieldError } from "../../contract.js";
import { Icon } from "./icon.js";
import { useTexts } from "./texts.js";

export interface FieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  problems?: readonly FieldError[] | undefined;
}

export interface FieldFrameProps extends FieldProps {
  /** The input, which takes these attributes. */
  children: (aria: FieldAria) => ReactNode;
}

export interface FieldAria {
  id: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}

/** A label, its input, a hint and what is wrong with it, tied together. */
export function FieldFrame({
  id,
  label,
  hint,
  problems = [],
  children,
}: FieldFrameProps): ReactNode {
  const invalid = problems.length > 0;
  const described = [hint && `${id}-hint`, invalid && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="spa-field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="spa-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        ...(invalid && { "aria-invalid": true }),
        ...(described && { "aria-describedby": described }),
      })}
      {invalid && (
        <p className="spa-field-error" id={`${id}-error`}>
          {problems.map(({ detail }) => detail).join(" ")}
        </p>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  problems,
  ...input
}: FieldProps & ComponentPropsWithRef<"input">): ReactNode {
  const frame = { id: input.id, label, hint, problems };
  return <FieldFrame {...frame}>{(aria) => <input type="text" {...input} {...aria} />}</FieldFrame>;
}

/** With a button that shows what was typed, which the keyboard reaches too. */
export function PasswordField({
  label,
  hint,
  problems,
  ...input
}: FieldProps & ComponentPropsWithRef<"input">): ReactNode {
  const [shown, setShown] = useState(false);
  const { showPassword } = useTexts();
  return (
    <FieldFrame id={input.id} label={label} hint={hint} problems={problems}>
      {(aria) => (
        <div className="spa-with-button">
          <input {...input} {...aria} type={shown ? "text" : "password"} />
          {/* The name stays the same: aria-pressed already says whether it is on. */}
          <button
            type="button"
            className="spa-reveal"
            aria-label={showPassword}
            aria-pressed={shown}
            aria-controls={input.id}
            onClick={() => setShown(!shown)}
          >
            <Icon name={shown ? "eyeOff" : "eye"} />
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
