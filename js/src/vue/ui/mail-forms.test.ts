import { h, nextTick, type VNode } from "vue";
import { describeMailForms, type FormName, type FormProps } from "../../../testing/mail-forms.js";
import { show } from "../../../testing/vue.js";
import { ChangeEmailForm, ConfirmEmailChange, UndoEmailChange } from "./change-email-form.js";
import { MailSignInForm } from "./mail-sign-in-form.js";
import { SignInForm } from "./sign-in-form.js";
import { SignUpForm } from "./sign-up-form.js";
import { VerifyEmailForm } from "./verify-email-form.js";

const OWN = () => [
  h("label", ["Plan ", h("input", { name: "plan" })]),
  h("label", ["Terms ", h("input", { type: "checkbox", name: "terms" })]),
];
const FORMS: Record<FormName, (props: FormProps) => VNode> = {
  SignUpForm: (props) => h(SignUpForm, props),
  SignUpFormWithOwnFields: (props) => h(SignUpForm, props, OWN),
  VerifyEmailForm: (props) => h(VerifyEmailForm, props),
  MailSignInForm: (props) => h(MailSignInForm, props),
  ChangeEmailForm: (props) => h(ChangeEmailForm, props),
  ConfirmEmailChange: ({ token = "", ...props }) => h(ConfirmEmailChange, { ...props, token }),
  UndoEmailChange: ({ token = "", ...props }) => h(UndoEmailChange, { ...props, token }),
  SignInForm: () => h(SignInForm),
};

describeMailForms(async (name, props) => {
  const shown = show(() => FORMS[name](props));
  await shown.auth.load();
  await nextTick();
  return shown;
});
