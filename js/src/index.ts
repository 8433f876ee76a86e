export { type Action, type ActionState, createAction, type Outcome } from "./action.js";
export { type Answer, readAnswer } from "./answer.js";
export type {
  Auth,
  AuthOptions,
  CallOptions,
  Session,
  SignedInSession,
  Snapshot,
} from "./auth.js";
export type { Challenge } from "./challenge.js";
export { createAuth } from "./client.js";
export type {
  AccountDeleteRefusal,
  AccountExport,
  AccountExportRefusal,
  AccountRestored,
  AccountRestoreRefusal,
  Activity,
  ActivityEntry,
  ActivityQuery,
  ActivityRefusal,
  Config,
  ConfigRefusal,
  FieldError,
  Identifier,
  ListedSession,
  LogoutRefusal,
  MailSent,
  NewPassword,
  PasswordChange,
  PasswordChangeRefusal,
  PasswordLogin,
  PasswordLoginRefusal,
  PasswordProof,
  PasswordReset,
  PasswordResetConfirmation,
  PasswordResetConfirmationRefusal,
  PasswordResetRefusal,
  PasswordSetRefusal,
  Profile,
  ProfileChange,
  ProfileChangeRefusal,
  ProfileRefusal,
  ReauthenticateRefusal,
  Refusal,
  Register,
  RestoreLink,
  SessionInfo,
  SessionList,
  SessionRefusal,
  SessionRevokeRefusal,
  SessionState,
  SessionsRefusal,
  SessionsRevokeOthersRefusal,
  User,
  WhoamiRefusal,
} from "./contract.js";
export type { AuthEvent } from "./events.js";
export { safeNext, signInLink } from "./next.js";
export { Outage, type OutageReason } from "./outage.js";
export { createStore, type Store } from "./store.js";
