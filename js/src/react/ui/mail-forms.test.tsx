import { act } from "@testing-library/react";
import type { ReactNode } from "react";
import { describeMailForms, type FormName, type FormProps } from "../../../testing/mail-forms.js";
import { show } from "../../../testing/react.js";
import { ChangeEmailForm, ConfirmEmailChange, UndoEmailChange } from "./change-email-form.js";
import { MailSignInForm } from "./mail-sign-in-form.js";
import { SignInForm } from "./sign-in-form.js";
import { SignUpForm } from "./sign-up-form.js";
import { VerifyEmailForm } from "./verify-email-form.js";

const FORMS: Record<FormName, (props: FormProps) => ReactNode> = {
  SignUpForm,
  SignUpFormWithOwnFields: (props) => (
    <SignUpForm {...props}>
      <label>
        Plan <input name="plan" />
      </label>
      <label>
        Terms <input type="checkbox" name="terms" />
      </label>
    </SignUpForm>
  ),
  VerifyEmailForm,
  MailSignInForm,
  ChangeEmailForm,
  ConfirmEmailChange: ({ token = "", ...props }) => <ConfirmEmailChange {...props} token={token} />,
  UndoEmailChange: ({ token = "", ...props }) => <UndoEmailChange {...props} token={token} />,
  SignInForm,
};

describeMailForms(async (name, props) => {
  const Form = FORMS[name];
  const shown = show(<Form {...props} />);
  await act(() => shown.auth.load());
  return shown;
});
