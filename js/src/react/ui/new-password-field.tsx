import { type ReactNode, useEffect, useState } from "react";
import { createPasswordRules } from "../../ui/passwords.js";
import { useAuth } from "../provider.js";
import { useStore } from "../use-store.js";
import { type FieldProps, PasswordField } from "./field.js";
import { useTexts } from "./texts.js";

/** For a password that is to be chosen: a manager makes one by the project's rules. */
export function NewPasswordField(frame: Pick<FieldProps, "id" | "problems">): ReactNode {
  const auth = useAuth();
  const texts = useTexts();
  const [source] = useState(() => createPasswordRules(auth));
  useEffect(() => source.load(), [source]);
  const rules = useStore(source);
  return (
    <PasswordField
      {...frame}
      {...rules}
      name="new-password"
      label={texts.newPassword}
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
