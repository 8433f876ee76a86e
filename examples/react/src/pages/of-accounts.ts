/** Pages that visitors may never come to, in one file that is fetched with the first of them. */
export { AccountPage } from "./account";
export { ActivityPage } from "./activity";
export { ChangeEmail } from "./change-email";
export { Devices } from "./devices";
export { ForgotPassword } from "./forgot-password";
export { PasswordPage } from "./password";
export { ProfilePage } from "./profile";
export { ResetPassword } from "./reset-password";
export { RestoreAccountPage } from "./restore-account";
export { SignInByMail } from "./sign-in-by-mail";
export { SignUp } from "./sign-up";
export { SocialCallbackPage } from "./social-callback";
export { TokensPage } from "./tokens";
export { UndoEmail } from "./undo-email";
export { VerifyEmail } from "./verify-email";
