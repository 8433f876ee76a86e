/**
 * The contract of the server, as the client sees it: names for what is generated.
 *
 * `make openapi` writes `schema.d.ts` from `openapi/v1.json`. The rest of the client imports from
 * here, so that a change of the document shows in one place.
 */
import type { components, operations } from "./schema.js";

type Schemas = components["schemas"];

/**
 * Where a project's own fields are filled in. `manage.py spa_auth_types` writes a file that extends
 * this interface, so that nobody writes a type parameter.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled in by the project
export interface Register {}

type Registered<Key extends string, Otherwise> =
  Register extends Record<Key, infer Own> ? Own : Otherwise;

export type User = Registered<"user", Schemas["User"]>;
/** The fields that the project lets people change about themselves. */
export type Profile = Registered<"profile", Schemas["Profile"]>;
/** The fields to change; those left out stay as they are. */
export type ProfileChange = Registered<"profileChange", Schemas["ProfileChange"]>;
/** One place where the person is signed in. */
export type ListedSession = Schemas["ListedSession"];
export type SessionList = Schemas["SessionList"];
/** A page of what happened to the account, the newest first. */
export type Activity = Schemas["Activity"];
/** What happened. A newer server may send a `kind` that is not listed: keep a `default:`. */
export type ActivityEntry = Schemas["ActivityEntry"];
/** Where a page begins. Not `null`, which `next` is on the last page: it would begin anew. */
export type ActivityQuery = Query<"activity">;
/** An API token, as its owner sees it. */
export type ListedToken = Schemas["ListedToken"];
/** One's API tokens, the newest first, and what one can be allowed to do. */
export type TokenList = Schemas["TokenList"];
/** What a token is for. Without `days` it is good for 90, with `null` until it is revoked. */
export type NewToken = Pick<Schemas["NewToken"], "name" | "abilities"> &
  Partial<Schemas["NewToken"]>;
/** The new token, which is told this once. */
export type TokenMade = Schemas["TokenMade"];
/** The current session. Times are ISO 8601; null where another session engine keeps none. */
export type SessionInfo = Schemas["StoredSession"];
/** What the installation offers. */
export type Config = Schemas["Config"];
export type CsrfToken = Schemas["CsrfToken"];
export type FieldError = Schemas["FieldError"];

export type AnonymousState = Schemas["Anonymous"];
export type PendingState = Schemas["Pending"];
export type AuthenticatedState = Omit<Schemas["Authenticated"], "user"> & { user: User };
export type SessionState = AnonymousState | PendingState | AuthenticatedState;

/** Whose password it is: `login` is read as an e-mail address if and only if it contains an `@`. */
export type Identifier = { login: string } | { username: string } | { email: string };
export type PasswordLogin = Identifier & {
  password: string;
  /** False ends the session with the browser. The server's default is true. */
  remember?: boolean;
};

export type PasswordChange = Schemas["PasswordChange"];
/** The first password of an account that has none. */
export type NewPassword = Schemas["NewPassword"];
/** Who asks for a mail: its answer is the same whether or not there is such an account. */
export type PasswordReset = Schemas["PasswordReset"];
export type PasswordResetConfirmation = MailedProof & { newPassword: string };
export type PasswordProof = Schemas["PasswordProof"];
/** The token of a mail's link, or its code: whose mail it was is known by the session. */
export type OwnProof = { token: string } | { code: string };
/** The token of a mail's link, or its code and the address it was sent to. */
export type MailedProof = { token: string } | { email: string; code: string };
/** Who wants an account: address, password and the fields that the project asks for. */
export type Signup = Registered<"signup", Schemas["Signup"]>;
/** The account itself, with the proof that its address is the person's. */
export type SignupFinish = MailedProof &
  Omit<Signup, "email"> & {
    /** False ends the session with the browser. The server's default is true. */
    remember?: boolean;
  };
/** No account yet: a mail is on its way, by which it is made. */
export type CheckMail = Schemas["CheckMail"];
export type EmailAddress = Schemas["EmailAddress"];
export type EmailSignIn = MailedProof & { remember?: boolean };
export type EmailUndo = Schemas["EmailUndo"];
export type EmailCode = Schemas["EmailCode"];
export type MailSent = Schemas["MailSent"];
/** Everything that is held about who is signed in. */
export type AccountExport = Schemas["Export"];
/** The token of the mail's link. */
export type RestoreLink = Schemas["RestoreLink"];
export type AccountRestored = Schemas["AccountRestored"];

/** Somebody that people can sign in with. `icon` is a name for a picture. */
export type SocialProvider = Schemas["Provider"];
/** An account at a provider by which the person signs in. */
export type SocialConnection = Schemas["Connection"];
export type SocialConnections = Schemas["Connections"];
export type SocialList = Schemas["SocialOverview"];
/** `remember: false` ends the session with the browser. The server's default is true. */
export type SocialBegin = { remember?: boolean };
export type SocialBegun = Schemas["WayToProvider"];
/** What a provider sends back: a code, or why there is none; and who says so (RFC 9207). */
export type SocialReturn = { state: string; iss?: string } & (
  | { code: string }
  | { error: string; errorDescription?: string }
);

/** A refusal as `application/problem+json` (RFC 9457), with the wait that the server asked for. */
export interface Refusal<Code extends string = string, Field extends string = string> {
  type: string;
  title: string;
  status: number;
  /** For people, in the language of the request. */
  detail: string;
  /** For programs; stable. A newer server may send one that is not listed: keep a `default:`. */
  code: Code;
  /** What is wrong with which field; `""` is the whole body. */
  fields?: { readonly [Name in Field | ""]?: readonly FieldError[] };
  /** Seconds, from `Retry-After`. */
  retryAfter?: number;
  /** What was seen and expected; only while the server runs in DEBUG. */
  debug?: unknown;
}

/**
 * A server error is thrown as an `Outage`, so its codes are not among those to be handled. But for those
 * of a room, which are said of somebody else.
 */
type Thrown = 500 | 503;
type OfRoom = `${string}.${string}`;

type CodesOf<Operation extends { responses: object }> = {
  [Status in keyof Operation["responses"]]: Operation["responses"][Status] extends {
    content: { "application/problem+json": { code?: infer Code extends string } };
  }
    ? Status extends Thrown
      ? Extract<Code, OfRoom>
      : Code
    : never;
}[keyof Operation["responses"]];

type RefusalOf<Name extends keyof operations, Field extends string = never> = Refusal<
  CodesOf<operations[Name]>,
  Field
>;

/** What an operation reads from the query string; a caller may write what it has not got. */
type Query<Name extends keyof operations> = {
  [Key in keyof Asked<Name>]: Asked<Name>[Key] | undefined;
};
type Asked<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;

export type PasswordLoginRefusal = RefusalOf<"loginPassword", keyof Schemas["PasswordLogin"]>;
export type PasswordChangeRefusal = RefusalOf<"passwordChange", keyof PasswordChange>;
export type PasswordSetRefusal = RefusalOf<"passwordSet", keyof NewPassword>;
export type PasswordResetRefusal = RefusalOf<"passwordReset", keyof PasswordReset>;
export type PasswordResetConfirmationRefusal = RefusalOf<
  "passwordResetConfirm",
  keyof Schemas["PasswordResetConfirmation"]
>;
export type ReauthenticateRefusal = RefusalOf<"reauthenticate", keyof PasswordProof>;
export type AccountDeleteRefusal = RefusalOf<"accountDelete">;
export type AccountRestoreRefusal = RefusalOf<"accountRestore", keyof RestoreLink>;
export type AccountExportRefusal = RefusalOf<"accountExport">;
export type SignupRefusal = RefusalOf<"signup", keyof Signup & string>;
export type SignupFinishRefusal = RefusalOf<
  "signupFinish",
  (keyof Signup & string) | keyof Schemas["SignupFinish"]
>;
export type EmailResendRefusal = RefusalOf<"emailResend">;
export type EmailVerifyRefusal = RefusalOf<"emailVerify", keyof Schemas["OwnProof"]>;
export type EmailChangeRefusal = RefusalOf<"emailChange", keyof EmailAddress>;
export type EmailChangeConfirmRefusal = RefusalOf<"emailChangeConfirm", keyof Schemas["OwnProof"]>;
export type EmailChangeUndoRefusal = RefusalOf<"emailChangeUndo", keyof EmailUndo>;
export type LoginEmailRefusal = RefusalOf<"loginEmail", keyof EmailAddress>;
export type LoginEmailFinishRefusal = RefusalOf<"loginEmailFinish", keyof Schemas["EmailSignIn"]>;
export type ReauthenticateEmailRefusal = RefusalOf<"reauthenticateEmail">;
export type ReauthenticateEmailFinishRefusal = RefusalOf<
  "reauthenticateEmailFinish",
  keyof EmailCode
>;
export type SocialRefusal = RefusalOf<"social">;
export type SocialBeginRefusal = RefusalOf<"socialBegin", keyof SocialBegin>;
export type SocialConnectRefusal = RefusalOf<"socialConnect">;
export type SocialFinishRefusal = RefusalOf<"socialFinish", keyof Schemas["SocialReturn"]>;
export type SocialDisconnectRefusal = RefusalOf<"socialDisconnect">;
export type LogoutRefusal = RefusalOf<"logout">;
export type SessionRefusal = RefusalOf<"session">;
export type WhoamiRefusal = RefusalOf<"whoami">;
export type ProfileRefusal = RefusalOf<"profile">;
export type ProfileChangeRefusal = RefusalOf<"profileChange", keyof ProfileChange & string>;
export type SessionsRefusal = RefusalOf<"sessions">;
export type SessionRevokeRefusal = RefusalOf<"sessionRevoke">;
export type SessionsRevokeOthersRefusal = RefusalOf<"sessionsRevokeOthers">;
export type TokensRefusal = RefusalOf<"tokens">;
export type TokenCreateRefusal = RefusalOf<"tokenCreate", keyof NewToken>;
export type TokenRevokeRefusal = RefusalOf<"tokenRevoke">;
export type ActivityRefusal = RefusalOf<"activity">;
export type ConfigRefusal = RefusalOf<"config">;
