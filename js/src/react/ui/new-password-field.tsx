import type { ReactNode } from "react";
import { passwordRules } from "../../ui/config.js";
import { type FieldProps, PasswordField } from "./field.js";
import { useTexts } from "./texts.js";
import { useConfig } from "./use-config.js";

/** For a password that is to be chosen: a manager makes one by the project's rules. */
export function NewPasswordField(
  frame: Pick<FieldProps, "id" | "problems"> & Partial<Pick<FieldProps, "label">>,
): ReactNode {
  const texts = useTexts();
  const rules = passwordRules(useConfig());
  return (
    <PasswordField
      label={texts.newPassword}
      {...frame}
      {...rules}
      name="new-password"
      hint={texts.newPasswordHint}
      autoComplete="new-password"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="go"
      required
    />
  );
}
