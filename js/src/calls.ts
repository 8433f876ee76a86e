import type { Answer } from "./answer.js";
import type { Auth, CallOptions, Session } from "./auth.js";
import type { Challenges } from "./challenge.js";
import type { CheckMail, Refusal, SessionState, SignupRefusal } from "./contract.js";

/** How the client reads, writes and takes an answer as the state. */
export interface Wire {
  ask: <Data, Error extends Refusal>(
    path: string,
    options?: CallOptions,
  ) => Promise<Answer<Data, Error>>;
  send: <Data, Error extends Refusal>(
    path: string,
    body?: object,
    options?: CallOptions,
    method?: string,
  ) => Promise<Answer<Data, Error>>;
  /** Without the CSRF token. */
  post: <Data, Error extends Refusal>(
    path: string,
    body: object,
    options?: CallOptions,
  ) => Promise<Answer<Data, Error>>;
  settle: <Error extends Refusal>(
    asked: Promise<Answer<SessionState, Error>>,
  ) => Promise<Answer<Session, Error>>;
  challenges: Pick<Challenges, "prove" | "cancel">;
}

type Calls = Pick<
  Auth,
  | "login"
  | "signup"
  | "finishSignup"
  | "password"
  | "reauthenticate"
  | "email"
  | "account"
  | "social"
  | "whoami"
  | "sessions"
  | "tokens"
  | "activity"
  | "config"
>;

/** The endpoints, one line each. Those that do more than ask are in the client. */
export function createCalls({ ask, send, post, settle, challenges }: Wire): Calls {
  return {
    login: {
      password: (body, options) => settle(post("login/", body, options)),
      email: (body, options) => post("login/email/", body, options),
      finishEmail: (body, options) => settle(post("login/email/finish/", body, options)),
    },
    async signup(body, options) {
      const asked = post<CheckMail | SessionState, SignupRefusal>("signup/", body, options);
      const { data, error } = await asked;
      if (error) return { data, error };
      return data.status === "check_mail"
        ? { data, error }
        : settle<SignupRefusal>(Promise.resolve({ data, error }));
    },
    finishSignup: (body, options) => settle(post("signup/finish/", body, options)),
    password: {
      change: (body, options) => settle(send("password/change/", body, options)),
      set: (body, options) => settle(send("password/set/", body, options)),
      reset: (body, options) => post("password/reset/", body, options),
      confirmReset: (body, options) => settle(post("password/reset/confirm/", body, options)),
    },
    reauthenticate: {
      password: (body, options) => challenges.prove(settle(send("reauthenticate/", body, options))),
      sendCode: (options) => send("reauthenticate/email/", {}, options),
      code: (body, options) =>
        challenges.prove(settle(send("reauthenticate/email/finish/", body, options))),
      cancel: challenges.cancel,
    },
    account: {
      delete: (options) => settle(send("account/delete/", {}, options)),
      restore: (body, options) => post("account/restore/", body, options),
      export: (options) => send("account/export/", {}, options),
    },
    email: {
      resend: (options) => send("email/resend/", {}, options),
      verify: (body, options) => settle(post("email/verify/", body, options)),
      change: (body, options) => send("email/change/", body, options),
      confirmChange: (body, options) => settle(send("email/change/confirm/", body, options)),
      undoChange: (body, options) => settle(post("email/change/undo/", body, options)),
    },
    social: {
      list: (options) => ask("social/", options),
      begin: (provider, body = {}, options) => post(socialPath(provider, "begin"), body, options),
      connect: (provider, options) => send(socialPath(provider, "connect"), {}, options),
      // With the token, which a connection needs. A sign-in is a fresh proof as well.
      finish: (provider, body, options) =>
        challenges.prove(settle(send(socialPath(provider, "finish"), body, options))),
      disconnect: (id, options) =>
        send(socialPath("connections", id), undefined, options, "DELETE"),
    },
    whoami: (options) => ask("whoami/", options),
    sessions: {
      list: (options) => ask("sessions/", options),
      revoke: (id, options) =>
        settle(send(`sessions/${encodeURIComponent(id)}/`, undefined, options, "DELETE")),
      revokeOthers: (options) => send("sessions/revoke-others/", {}, options),
    },
    tokens: {
      list: (options) => ask("tokens/", options),
      create: (body, options) => send("tokens/", body, options),
      revoke: (id, options) =>
        send(`tokens/${encodeURIComponent(id)}/`, undefined, options, "DELETE"),
    },
    activity: ({ before } = {}, options) =>
      ask(`activity/${before ? `?before=${encodeURIComponent(before)}` : ""}`, options),
    config: (options) => ask("config/", options),
  };
}

const socialPath = (...parts: string[]) =>
  ["social", ...parts.map(encodeURIComponent), ""].join("/");
