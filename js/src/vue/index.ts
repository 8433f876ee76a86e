export { english } from "../ui/all-english.js";
export { announce } from "../ui/announcer.js";
export { type Failure, failureOf, reasonOf } from "../ui/failure.js";
export type { Form, FormState } from "../ui/form.js";
export { german } from "../ui/german.js";
export { tokenIn } from "../ui/passwords.js";
export { displayName } from "../ui/people.js";
export type { OwnProfileField, ProfileField } from "../ui/profile.js";
export type { AllTexts as Texts } from "../ui/texts.js";
export { type AuthPluginOptions, authPlugin, useAuth } from "./plugin.js";
export { SignedIn, type SignedInSlots, SignedOut } from "./signed-in.js";
export { ActivityList } from "./ui/activity-list.js";
export { ApiTokens } from "./ui/api-tokens.js";
export { ChangeEmailForm, ConfirmEmailChange, UndoEmailChange } from "./ui/change-email-form.js";
export { ChangePasswordForm } from "./ui/change-password-form.js";
export { ConnectedAccounts, type ConnectedAccountsProps } from "./ui/connected-accounts.js";
export { DeleteAccountForm, type DeleteAccountFormProps } from "./ui/delete-account-form.js";
export { DeviceList } from "./ui/device-list.js";
export { ErrorSummary, type ErrorSummaryProps } from "./ui/error-summary.js";
export { ExportAccount } from "./ui/export-account.js";
export {
  type FieldAria,
  FieldFrame,
  type FieldFrameSlots,
  type FieldProps,
} from "./ui/field-frame.js";
export { ForgotPasswordForm } from "./ui/forgot-password-form.js";
export type { LinkFormProps, MailedFormEmits, MailedFormProps } from "./ui/mail-form.js";
export { MailSignInForm } from "./ui/mail-sign-in-form.js";
export { NewPasswordField } from "./ui/new-password-field.js";
export { PasswordField, type PasswordFieldProps } from "./ui/password-field.js";
export { ProfileForm, type ProfileFormProps } from "./ui/profile-form.js";
export { ReauthenticationDialog } from "./ui/reauthentication-dialog.js";
export { ResetPasswordForm } from "./ui/reset-password-form.js";
export { RestoreAccount, type RestoreAccountProps } from "./ui/restore-account.js";
export { SignInForm } from "./ui/sign-in-form.js";
export { SignOutButton, type SignOutButtonProps } from "./ui/sign-out-button.js";
export { SignUpForm } from "./ui/sign-up-form.js";
export { SocialButtons, type SocialButtonsProps } from "./ui/social-buttons.js";
export { SocialCallback, type SocialCallbackProps } from "./ui/social-callback.js";
export { SubmitButton, type SubmitButtonProps } from "./ui/submit-button.js";
export { TextField, type TextFieldProps } from "./ui/text-field.js";
export { TextsProvider, type TextsProviderProps, useTexts } from "./ui/texts.js";
export { type UsedForm, useForm } from "./ui/use-form.js";
export { VerifyEmailForm, type VerifyEmailFormProps } from "./ui/verify-email-form.js";
export { type UsedAction, useAction } from "./use-action.js";
export { useSession } from "./use-session.js";
export { useStore } from "./use-store.js";
