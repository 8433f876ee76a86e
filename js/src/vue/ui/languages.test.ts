import { h, nextTick, shallowRef, type VNode } from "vue";
import { describeLanguages, type PartName } from "../../../testing/languages.js";
import { show } from "../../../testing/vue.js";
import { ActivityList } from "./activity-list.js";
import { ApiTokens } from "./api-tokens.js";
import { ChangeEmailForm, ConfirmEmailChange, UndoEmailChange } from "./change-email-form.js";
import { ChangePasswordForm } from "./change-password-form.js";
import { ConnectedAccounts } from "./connected-accounts.js";
import { DeleteAccountForm } from "./delete-account-form.js";
import { DeviceList } from "./device-list.js";
import { ExportAccount } from "./export-account.js";
import { ForgotPasswordForm } from "./forgot-password-form.js";
import { MailSignInForm } from "./mail-sign-in-form.js";
import { ProfileForm } from "./profile-form.js";
import { ReauthenticationDialog } from "./reauthentication-dialog.js";
import { ResetPasswordForm } from "./reset-password-form.js";
import { RestoreAccount } from "./restore-account.js";
import { SignInForm } from "./sign-in-form.js";
import { SignOutButton } from "./sign-out-button.js";
import { SignUpForm } from "./sign-up-form.js";
import { SocialButtons } from "./social-buttons.js";
import { SocialCallback } from "./social-callback.js";
import { TextsProvider } from "./texts.js";
import { VerifyEmailForm } from "./verify-email-form.js";

const PARTS: Record<PartName, () => VNode> = {
  ActivityList: () => h(ActivityList),
  ApiTokens: () => h(ApiTokens),
  ChangeEmailForm: () => h(ChangeEmailForm),
  ChangePasswordForm: () => h(ChangePasswordForm),
  ConnectedAccounts: () => h(ConnectedAccounts),
  ConfirmEmailChange: () => h(ConfirmEmailChange, { token: "1" }),
  DeleteAccountForm: () => h(DeleteAccountForm),
  DeviceList: () => h(DeviceList),
  ExportAccount: () => h(ExportAccount),
  ForgotPasswordForm: () => h(ForgotPasswordForm),
  MailSignInForm: () => h(MailSignInForm),
  ProfileForm: () => h(ProfileForm, { fields: ["username", "firstName", "lastName"] }),
  ResetPasswordForm: () => h(ResetPasswordForm, { token: "1" }),
  RestoreAccount: () => h(RestoreAccount, { token: "1" }),
  SignInForm: () => h(SignInForm),
  SignOutButton: () => h(SignOutButton),
  SignUpForm: () => h(SignUpForm),
  SocialButtons: () => h(SocialButtons),
  SocialCallback: () => h(SocialCallback, { provider: "p", signInPath: "/" }),
  UndoEmailChange: () => h(UndoEmailChange, { token: "1" }),
  VerifyEmailForm: () => h(VerifyEmailForm),
};

describeLanguages(async (name, first) => {
  const texts = shallowRef(first);
  const page = () => [PARTS[name](), h(ReauthenticationDialog)];
  const shown = show(() => h(TextsProvider, { texts: texts.value }, page));
  await shown.auth.load();
  await nextTick();
  return {
    ...shown,
    async speak(next) {
      texts.value = next;
      await nextTick();
    },
  };
});
