import type { ComponentPropsWithRef, ReactNode } from "react";
import type { FieldProblem } from "../auth";

export interface FieldProps {
  id: string;
  label: string;
  hint?: string;
  problems?: FieldProblem[] | undefined;
}

interface FrameProps extends FieldProps {
  children: (aria: Aria) => ReactNode;
}

interface Aria {
  id: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}

/** A label, its input, a hint and what is wrong with it, tied together. */
export function FieldFrame({ id, label, hint, problems = [], children }: FrameProps) {
  const invalid = problems.length > 0;
  const described = [hint && `${id}-hint`, invalid && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        ...(invalid && { "aria-invalid": true }),
        ...(described && { "aria-describedby": described }),
      })}
      {invalid && (
        <p className="field-error" id={`${id}-error`}>
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
}: FieldProps & ComponentPropsWithRef<"input">) {
  const frame = { id: input.id, label, problems, ...(hint && { hint }) };
  return <FieldFrame {...frame}>{(aria) => <input type="text" {...input} {...aria} />}</FieldFrame>;
}
