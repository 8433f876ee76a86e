import { type ComponentPropsWithRef, useState } from "react";
import { EyeIcon, EyeOffIcon } from "../layout/icons";
import { FieldFrame, type FieldProps } from "./field";

export function PasswordField({
  label,
  problems,
  ...input
}: FieldProps & ComponentPropsWithRef<"input">) {
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame id={input.id} label={label} problems={problems}>
      {(aria) => (
        <div className="with-button">
          <input {...input} {...aria} type={shown ? "text" : "password"} />
          {/* The name stays the same: aria-pressed already says whether it is on. */}
          <button
            type="button"
            className="reveal"
            aria-label="Show password"
            aria-pressed={shown}
            aria-controls={input.id}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOffIcon /> : <EyeIcon />}
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
