import { act } from "@testing-library/react";
import { type ReactNode, useState } from "react";
import { describeLanguages, type PartName } from "../../../testing/languages.js";
import { show } from "../../../testing/react.js";
import type { AllTexts } from "../../ui/texts.js";
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

const PARTS: Record<PartName, ReactNode> = {
  ActivityList: <ActivityList />,
  ApiTokens: <ApiTokens />,
  ChangeEmailForm: <ChangeEmailForm />,
  ChangePasswordForm: <ChangePasswordForm />,
  ConnectedAccounts: <ConnectedAccounts />,
  ConfirmEmailChange: <ConfirmEmailChange token="1" />,
  DeleteAccountForm: <DeleteAccountForm />,
  DeviceList: <DeviceList />,
  ExportAccount: <ExportAccount />,
  ForgotPasswordForm: <ForgotPasswordForm />,
  MailSignInForm: <MailSignInForm />,
  ProfileForm: <ProfileForm fields={["username", "firstName", "lastName"]} />,
  ResetPasswordForm: <ResetPasswordForm token="1" />,
  RestoreAccount: <RestoreAccount token="1" />,
  SignInForm: <SignInForm />,
  SignOutButton: <SignOutButton />,
  SignUpForm: <SignUpForm />,
  SocialButtons: <SocialButtons />,
  SocialCallback: <SocialCallback provider="p" signInPath="/" />,
  UndoEmailChange: <UndoEmailChange token="1" />,
  VerifyEmailForm: <VerifyEmailForm />,
};

describeLanguages(async (name, first) => {
  let change = (_: AllTexts) => {};
  function Page() {
    const [texts, setTexts] = useState(first);
    change = setTexts;
    return (
      <TextsProvider texts={texts}>
        {PARTS[name]}
        <ReauthenticationDialog />
      </TextsProvider>
    );
  }
  const shown = show(<Page />);
  await act(() => shown.auth.load());
  return { ...shown, speak: async (texts) => act(() => change(texts)) };
});
