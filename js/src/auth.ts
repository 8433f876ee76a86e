import type { Answer } from "./answer.js";
import type { ChallengeStore } from "./challenge.js";
import type {
  AccountDeleteRefusal,
  AccountExport,
  AccountExportRefusal,
  AccountRestored,
  AccountRestoreRefusal,
  Activity,
  ActivityQuery,
  ActivityRefusal,
  AuthenticatedState,
  CheckMail,
  Config,
  ConfigRefusal,
  EmailAddress,
  EmailChangeConfirmRefusal,
  EmailChangeRefusal,
  EmailChangeUndoRefusal,
  EmailCode,
  EmailResendRefusal,
  EmailSignIn,
  EmailUndo,
  EmailVerifyRefusal,
  LoginEmailFinishRefusal,
  LoginEmailRefusal,
  LogoutRefusal,
  MailSent,
  NewPassword,
  NewToken,
  OwnProof,
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
  ReauthenticateEmailFinishRefusal,
  ReauthenticateEmailRefusal,
  ReauthenticateRefusal,
  RestoreLink,
  SessionList,
  SessionRefusal,
  SessionRevokeRefusal,
  SessionState,
  SessionsRefusal,
  SessionsRevokeOthersRefusal,
  Signup,
  SignupFinish,
  SignupFinishRefusal,
  SignupRefusal,
  SocialBegin,
  SocialBeginRefusal,
  SocialBegun,
  SocialConnections,
  SocialConnectRefusal,
  SocialDisconnectRefusal,
  SocialFinishRefusal,
  SocialList,
  SocialRefusal,
  SocialReturn,
  TokenCreateRefusal,
  TokenList,
  TokenMade,
  TokenRevokeRefusal,
  TokensRefusal,
  User,
  WhoamiRefusal,
} from "./contract.js";
import type { AuthEvent } from "./events.js";

type WithoutToken<State> = State extends unknown ? Omit<State, "csrfToken"> : never;

/** What the server last said. */
export type Session = WithoutToken<SessionState>;
export type SignedInSession = WithoutToken<AuthenticatedState>;

/** What is known now: the session, or why it is not known. */
export type Snapshot =
  | Session
  | { status: "loading"; isAuthenticated: false }
  | { status: "unavailable"; isAuthenticated: false };

export interface AuthOptions {
  /** Where the API is mounted: `/api/`, or on another origin `https://api.example.com/api/`. */
  baseUrl: string;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface Auth {
  /** What is known now. */
  get: () => Snapshot;
  /** What a server render sees: always `loading`, so that hydration never differs. */
  getServer: () => Snapshot;
  /** Hear of every change; returns how to stop. The first one starts the client, the last stops it. */
  subscribe: (listener: () => void) => () => void;
  /** Hear of one kind of change, from this tab or another; returns how to stop. */
  on: (event: AuthEvent, listener: (session: Session) => void) => () => void;
  /** Learn the session unless it is known. One request, however many ask. Throws an `Outage`. */
  load: () => Promise<Snapshot>;
  /** Stop everything that was started, for good. */
  dispose: () => void;
  /**
   * `fetch` for the project's own API: with cookies, CSRF token and the language of the page. It
   * notices the end of the session.
   */
  fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

  /** Ask the server again who is signed in. */
  session: (options?: CallOptions) => Promise<Answer<Session, SessionRefusal>>;
  login: {
    password: (
      body: PasswordLogin,
      options?: CallOptions,
    ) => Promise<Answer<Session, PasswordLoginRefusal>>;
    /** Ask for a mail with a link and a code that sign in. */
    email: (
      body: EmailAddress,
      options?: CallOptions,
    ) => Promise<Answer<MailSent, LoginEmailRefusal>>;
    /** Sign in by that mail. */
    finishEmail: (
      body: EmailSignIn,
      options?: CallOptions,
    ) => Promise<Answer<Session, LoginEmailFinishRefusal>>;
  };
  /** Ask for an account. By mail: nobody is signed in yet, unless addresses need no proof. */
  signup: (
    body: Signup,
    options?: CallOptions,
  ) => Promise<Answer<CheckMail | Session, SignupRefusal>>;
  /** Make the account by that mail, and sign in. What the account is made of is sent again. */
  finishSignup: (
    body: SignupFinish,
    options?: CallOptions,
  ) => Promise<Answer<Session, SignupFinishRefusal>>;
  logout: (options?: CallOptions) => Promise<Answer<Session, LogoutRefusal>>;
  password: {
    /** Every other session ends; this one goes on. */
    change: (
      body: PasswordChange,
      options?: CallOptions,
    ) => Promise<Answer<Session, PasswordChangeRefusal>>;
    /** Choose the first one, where the account has none. Every other session ends. */
    set: (body: NewPassword, options?: CallOptions) => Promise<Answer<Session, PasswordSetRefusal>>;
    /** Ask for a mail with a link and a code. */
    reset: (
      body: PasswordReset,
      options?: CallOptions,
    ) => Promise<Answer<MailSent, PasswordResetRefusal>>;
    /** Choose another password by that mail, and sign in. */
    confirmReset: (
      body: PasswordResetConfirmation,
      options?: CallOptions,
    ) => Promise<Answer<Session, PasswordResetConfirmationRefusal>>;
  };
  /**
   * What is asked for while requests wait for a fresh proof of who is signed in. They wait as long as
   * somebody subscribes; otherwise `reauthentication_required` is their answer.
   */
  challenge: ChallengeStore;
  /** Prove again who is signed in: what waits for it is sent once more. */
  reauthenticate: {
    password: (
      body: PasswordProof,
      options?: CallOptions,
    ) => Promise<Answer<Session, ReauthenticateRefusal>>;
    /** Ask for a mail with a code, to the address that is proved. */
    sendCode: (options?: CallOptions) => Promise<Answer<MailSent, ReauthenticateEmailRefusal>>;
    code: (
      body: EmailCode,
      options?: CallOptions,
    ) => Promise<Answer<Session, ReauthenticateEmailFinishRefusal>>;
    /** Prove nothing: what waits for it is refused. */
    cancel: () => void;
  };
  account: {
    /** Delete the account of who is signed in. Every session ends, which here is a sign-out. */
    delete: (options?: CallOptions) => Promise<Answer<Session, AccountDeleteRefusal>>;
    /** Bring an account back by the link of the mail. Nobody is signed in by it. */
    restore: (
      body: RestoreLink,
      options?: CallOptions,
    ) => Promise<Answer<AccountRestored, AccountRestoreRefusal>>;
    /** A copy of everything that is held about who is signed in. */
    export: (options?: CallOptions) => Promise<Answer<AccountExport, AccountExportRefusal>>;
  };
  email: {
    /** Ask for a mail that proves one's address, also while a sign-in waits for it. */
    resend: (options?: CallOptions) => Promise<Answer<MailSent, EmailResendRefusal>>;
    /** Prove it by that mail, and go on with the sign-in that waits. */
    verify: (body: OwnProof, options?: CallOptions) => Promise<Answer<Session, EmailVerifyRefusal>>;
    /** Ask for a mail to another address. */
    change: (
      body: EmailAddress,
      options?: CallOptions,
    ) => Promise<Answer<MailSent, EmailChangeRefusal>>;
    /** Take that address by its mail. Every other session ends; this one goes on. */
    confirmChange: (
      body: OwnProof,
      options?: CallOptions,
    ) => Promise<Answer<Session, EmailChangeConfirmRefusal>>;
    /** Bring the old address back, by the mail it was sent. Everybody is signed out. */
    undoChange: (
      body: EmailUndo,
      options?: CallOptions,
    ) => Promise<Answer<Session, EmailChangeUndoRefusal>>;
  };
  /** Sign in with a provider, and connect one's account there. `startSocial` goes there and back. */
  social: {
    /** The providers, and which of them who is signed in has connected. */
    list: (options?: CallOptions) => Promise<Answer<SocialList, SocialRefusal>>;
    /** Where the person signs in, at the provider. */
    begin: (
      provider: string,
      body?: SocialBegin,
      options?: CallOptions,
    ) => Promise<Answer<SocialBegun, SocialBeginRefusal>>;
    /** The same, to connect that account with who is signed in. */
    connect: (
      provider: string,
      options?: CallOptions,
    ) => Promise<Answer<SocialBegun, SocialConnectRefusal>>;
    /** What the provider has sent back. For who is signed in already it is a fresh proof. */
    finish: (
      provider: string,
      body: SocialReturn,
      options?: CallOptions,
    ) => Promise<Answer<Session, SocialFinishRefusal>>;
    /** The answer is what is left. */
    disconnect: (
      id: string,
      options?: CallOptions,
    ) => Promise<Answer<SocialConnections, SocialDisconnectRefusal>>;
  };
  whoami: (options?: CallOptions) => Promise<Answer<User, WhoamiRefusal>>;
  profile: {
    get: (options?: CallOptions) => Promise<Answer<Profile, ProfileRefusal>>;
    change: (
      body: ProfileChange,
      options?: CallOptions,
    ) => Promise<Answer<Profile, ProfileChangeRefusal>>;
  };
  sessions: {
    list: (options?: CallOptions) => Promise<Answer<SessionList, SessionsRefusal>>;
    /** The answer is the state: ending the current one signs this browser out. */
    revoke: (id: string, options?: CallOptions) => Promise<Answer<Session, SessionRevokeRefusal>>;
    /** The answer is what is left. */
    revokeOthers: (
      options?: CallOptions,
    ) => Promise<Answer<SessionList, SessionsRevokeOthersRefusal>>;
  };
  tokens: {
    /** One's API tokens, and what one can be allowed to do. */
    list: (options?: CallOptions) => Promise<Answer<TokenList, TokensRefusal>>;
    /** Make one. The answer alone has it: nobody can read it again. */
    create: (
      body: NewToken,
      options?: CallOptions,
    ) => Promise<Answer<TokenMade, TokenCreateRefusal>>;
    /** End one at once. The answer is what is left. */
    revoke: (id: string, options?: CallOptions) => Promise<Answer<TokenList, TokenRevokeRefusal>>;
  };
  /** What happened to the account, fifty at a time. `before` is `next` of the page before. */
  activity: (
    query?: ActivityQuery,
    options?: CallOptions,
  ) => Promise<Answer<Activity, ActivityRefusal>>;
  config: (options?: CallOptions) => Promise<Answer<Config, ConfigRefusal>>;
}
