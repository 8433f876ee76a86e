import type { ReactNode } from "react";

/** So that a password manager knows whose password it is to keep. */
export function AccountName({ value }: { value: string }): ReactNode {
  return (
    <input
      className="spa-visually-hidden"
      type="text"
      name="username"
      autoComplete="username"
      value={value}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}
