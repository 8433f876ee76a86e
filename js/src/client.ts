import { type Answer, peekProblem, readAnswer } from "./answer.js";
import { createAttention } from "./attention.js";
import type {
  Activity,
  ActivityQuery,
  ActivityRefusal,
  AuthenticatedState,
  Config,
  ConfigRefusal,
  LogoutRefusal,
  MailSent,
  PasswordChange,
  PasswordChangeRefusal,
  PasswordLogin,
  PasswordLoginRefusal,
  PasswordProof,
  PasswordReset,
  PasswordResetConfirmation,
  PasswordResetConfirmationRefusal,
  PasswordResetRefusal,
  Profile,
  ProfileChange,
  ProfileChangeRefusal,
  ProfileRefusal,
  ReauthenticateRefusal,
  Refusal,
  SessionList,
  SessionRefusal,
  SessionRevokeRefusal,
  SessionState,
  SessionsRefusal,
  SessionsRevokeOthersRefusal,
  User,
  WhoamiRefusal,
} from "./contract.js";
import { type AuthEvent, createEvents, eventBetween } from "./events.js";
import { Outage } from "./outage.js";
import { createStore } from "./store.js";
import { createTabs, type News } from "./tabs.js";
import { createTransport } from "./transport.js";

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
  /** `fetch` for the project's own API: cookies, CSRF token, and the end of the session is noticed. */
  fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

  /** Ask the server again who is signed in. */
  session: (options?: CallOptions) => Promise<Answer<Session, SessionRefusal>>;
  login: {
    password: (
      body: PasswordLogin,
      options?: CallOptions,
    ) => Promise<Answer<Session, PasswordLoginRefusal>>;
  };
  logout: (options?: CallOptions) => Promise<Answer<Session, LogoutRefusal>>;
  password: {
    /** Every other session ends; this one goes on. */
    change: (
      body: PasswordChange,
      options?: CallOptions,
    ) => Promise<Answer<Session, PasswordChangeRefusal>>;
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
  /** Prove again who is signed in, before something that asks for it. */
  reauthenticate: {
    password: (
      body: PasswordProof,
      options?: CallOptions,
    ) => Promise<Answer<Session, ReauthenticateRefusal>>;
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
  /** What happened to the account, fifty at a time. `before` is `next` of the page before. */
  activity: (
    query?: ActivityQuery,
    options?: CallOptions,
  ) => Promise<Answer<Activity, ActivityRefusal>>;
  config: (options?: CallOptions) => Promise<Answer<Config, ConfigRefusal>>;
}

const LOADING: Snapshot = { status: "loading", isAuthenticated: false };
const UNAVAILABLE: Snapshot = { status: "unavailable", isAuthenticated: false };
const SIGNED_OUT: Session = { status: "anonymous", isAuthenticated: false };

/** The client. Nothing touches the window or the network before the first subscriber or call. */
export function createAuth({ baseUrl }: AuthOptions): Auth {
  const store = createStore<Snapshot>(LOADING);
  const events = createEvents<Session>();
  const transport = createTransport({ current: currentToken, renew });
  const tabs = createTabs(`spa-auth:${baseUrl}`, heardNews);
  const attention = createAttention({
    // A page gets the focus before its first answer: that answer is fresh enough.
    onReturn: () => quietly(reading ?? reread()),
    onRestore: () => {
      // The session may have ended meanwhile: show nothing of it until the server has answered.
      store.set(LOADING);
      quietly(reread());
    },
    onEnd: () => endUnlessToldOtherwise("expired"),
  });

  // Counts what changed the state, so that an answer that was overtaken does not undo it.
  let revision = 0;
  let reading: Promise<Snapshot> | undefined;
  /** It lives in this closure and nowhere else. */
  let token = "";
  /** What the server last said, also while the store says that it is being asked again. */
  let known: Session | undefined;
  let subscribers = 0;
  let disposed = false;

  function connected(unsubscribe: () => void): () => void {
    // On a server nobody comes back, and no other tab is there.
    if (disposed || typeof document === "undefined") return unsubscribe;
    subscribers += 1;
    if (subscribers === 1) {
      tabs.connect();
      attention.connect();
    }
    // Not after a failed read: that would ask again with every component that shows the failure.
    if (store.get().status === "loading") quietly(load());
    return () => {
      unsubscribe();
      subscribers -= 1;
      if (subscribers === 0) disconnect();
    };
  }

  function disconnect() {
    tabs.disconnect();
    attention.disconnect();
  }

  async function load(): Promise<Snapshot> {
    if (reading) return reading;
    const { status } = store.get();
    if (status !== "loading" && status !== "unavailable") return store.get();
    store.set(LOADING);
    return reread();
  }

  function reread(cause?: News): Promise<Snapshot> {
    revision += 1;
    const current = read(revision, cause).finally(() => {
      if (reading === current) reading = undefined;
    });
    reading = current;
    return current;
  }

  async function read(started: number, cause?: News): Promise<Snapshot> {
    try {
      const answer = await ask<SessionState, SessionRefusal>("session/");
      if (!answer.data) throw new Outage("unreadable", { status: answer.error.status });
      if (started === revision) keep(answer.data, cause);
      return store.get();
    } catch (error) {
      // An outage ends no session: what was known stays, unless nothing was.
      if (started === revision && store.get().status === "loading") store.set(UNAVAILABLE);
      throw error;
    }
  }

  async function currentToken(): Promise<string> {
    if (!token) await (reading ?? reread());
    return token;
  }

  /**
   * The state that brings the fresh token also says whose it is: what one person sent is never sent
   * again in the name of another, who has signed in meanwhile.
   */
  async function renew(): Promise<string | undefined> {
    const before = known;
    await (reading ?? reread());
    return !before || ownerOf(before) === ownerOf(known) ? token : undefined;
  }

  function heardNews(news: News): void {
    if (news === "signedOut" || news === "expired") endUnlessToldOtherwise(news);
    else quietly(reread(news));
  }

  /** The server decides: somebody may have signed in again. If it cannot be asked, the end counts. */
  function endUnlessToldOtherwise(cause: "signedOut" | "expired"): void {
    const asked = reread(cause);
    const started = revision;
    asked.catch(() => {
      if (started === revision && known?.isAuthenticated) {
        revision += 1;
        become(SIGNED_OUT, cause);
      }
    });
  }

  async function session(options?: CallOptions): Promise<Answer<Session, SessionRefusal>> {
    revision += 1;
    const started = revision;
    const { data, error } = await ask<SessionState, SessionRefusal>("session/", options);
    if (error) return { data, error };
    return { data: started === revision ? keep(data) : withoutToken(data), error };
  }

  async function signIn<Error extends Refusal>(
    path: string,
    body: object,
    options?: CallOptions,
  ): Promise<Answer<Session, Error>> {
    // Without the token: the server goes by the origin, so that no expired cookie locks anybody out.
    return settle(await post<SessionState, Error>(path, body, options));
  }

  async function post<Data, Error extends Refusal>(
    path: string,
    body: object,
    options?: CallOptions,
  ): Promise<Answer<Data, Error>> {
    return readAnswer(await transport.plain(endpoint(path), request("POST", body, options)));
  }

  async function changeProfile(
    body: ProfileChange,
    options?: CallOptions,
  ): Promise<Answer<Profile, ProfileChangeRefusal>> {
    const answer = await send<Profile, ProfileChangeRefusal>("PATCH", "profile/", body, options);
    const now = store.get();
    if (answer.data && now.status === "authenticated") {
      // A read that is on its way may have missed this change, so it is made again.
      if (reading) quietly(reread());
      known = { ...now, user: { ...now.user, ...answer.data } };
      store.set(known);
      tabs.announce("updated");
    }
    return answer;
  }

  /** Read from an endpoint. */
  async function ask<Data, Error extends Refusal>(
    path: string,
    options?: CallOptions,
  ): Promise<Answer<Data, Error>> {
    const init: RequestInit = { cache: "no-store", ...options };
    return readAnswer<Data, Error>(await watched(endpoint(path), init));
  }

  /** Write to an endpoint. */
  async function send<Data, Error extends Refusal>(
    method: string,
    path: string,
    body?: object,
    options?: CallOptions,
  ): Promise<Answer<Data, Error>> {
    return readAnswer<Data, Error>(await watched(endpoint(path), request(method, body, options)));
  }

  async function watched(input: Request | URL, init?: RequestInit): Promise<Response> {
    const started = revision;
    const response = await transport.guarded(input, init);
    if (response.status === 401 && started === revision) await noticeEnd(response);
    return response;
  }

  // Only our own code counts: the 401 of another service says nothing about this session.
  async function noticeEnd(response: Response): Promise<void> {
    const problem = await peekProblem(response);
    if (problem?.code !== "not_authenticated" || !known?.isAuthenticated) return;
    revision += 1;
    become(SIGNED_OUT, "expired");
    tabs.announce("expired");
  }

  /** Take the answer as the state, and tell the other tabs. */
  function settle<Error extends Refusal>(
    answer: Answer<SessionState, Error>,
  ): Answer<Session, Error> {
    if (!answer.data) return answer;
    revision += 1;
    known ??= SIGNED_OUT;
    token = answer.data.csrfToken;
    const data = withoutToken(answer.data);
    tabs.announce(become(data, "signedOut") ?? "updated");
    return { data, error: undefined };
  }

  /** Take what the server said as the state. */
  function keep(state: SessionState, cause?: News): Session {
    const session = withoutToken(state);
    token = state.csrfToken;
    become(session, cause === "signedOut" ? cause : "expired");
    return session;
  }

  function become(next: Session, cause: "signedOut" | "expired"): AuthEvent | undefined {
    if (disposed) return;
    const event = known && eventBetween(known, next, cause);
    known = next;
    attention.heard(timeLeft(next));
    store.set(next);
    if (event) events.emit(event, next);
    return event;
  }

  function endpoint(path: string): URL {
    return new URL(path, new URL(baseUrl, location.href));
  }

  return {
    get: store.get,
    getServer: store.getServer,
    subscribe: (listener) => connected(store.subscribe(listener)),
    on: (event, listener) => connected(events.on(event, listener)),
    load,
    dispose() {
      disposed = true;
      revision += 1;
      store.clear();
      events.clear();
      if (subscribers > 0) disconnect();
    },
    async fetch(input, init) {
      const target = input instanceof Request ? input : new URL(input, document.baseURI);
      const { origin } = target instanceof Request ? new URL(target.url) : target;
      // The token is for our server only; a foreign one could use it.
      return origin === endpoint("").origin ? watched(target, init) : fetch(input, init);
    },
    session,
    login: { password: (body, options) => signIn("login/", body, options) },
    async logout(options) {
      // Not watched: there is no session to be lost.
      const response = await transport.guarded(endpoint("logout/"), request("POST", {}, options));
      return settle(await readAnswer<SessionState, LogoutRefusal>(response));
    },
    password: {
      change: async (body, options) =>
        settle(
          await send<SessionState, PasswordChangeRefusal>(
            "POST",
            "password/change/",
            body,
            options,
          ),
        ),
      reset: (body, options) => post("password/reset/", body, options),
      confirmReset: (body, options) => signIn("password/reset/confirm/", body, options),
    },
    reauthenticate: {
      password: async (body, options) =>
        settle(
          await send<SessionState, ReauthenticateRefusal>("POST", "reauthenticate/", body, options),
        ),
    },
    whoami: (options) => ask("whoami/", options),
    profile: { get: (options) => ask("profile/", options), change: changeProfile },
    sessions: {
      list: (options) => ask("sessions/", options),
      async revoke(id, options) {
        const path = `sessions/${encodeURIComponent(id)}/`;
        return settle(
          await send<SessionState, SessionRevokeRefusal>("DELETE", path, undefined, options),
        );
      },
      revokeOthers: (options) => send("POST", "sessions/revoke-others/", {}, options),
    },
    activity(query, options) {
      const before = query?.before;
      return ask(before ? `activity/?before=${encodeURIComponent(before)}` : "activity/", options);
    },
    config: (options) => ask("config/", options),
  };
}

function request(method: string, body?: object, options?: CallOptions): RequestInit {
  if (!body) return { ...options, method };
  const headers = { "Content-Type": "application/json" };
  return { ...options, method, headers, body: JSON.stringify(body) };
}

function ownerOf(session: Session | undefined): string | undefined {
  return session?.status === "authenticated" ? session.user.id : undefined;
}

function withoutToken({ csrfToken: _, ...session }: SessionState): Session {
  return session;
}

/**
 * Milliseconds until the session ends if nobody uses it. Counted from when the server last saw it, so
 * that a clock that is fast here asks too late, not too early: asking would prolong it.
 */
function timeLeft(session: Session): number | undefined {
  if (session.status !== "authenticated") return;
  const { expiresAt, lastSeenAt } = session.session;
  return expiresAt && lastSeenAt ? Date.parse(expiresAt) - Date.parse(lastSeenAt) : undefined;
}

// Nobody waits for this answer, and the store already says that it failed.
function quietly(promise: Promise<unknown>): void {
  promise.catch(() => {});
}
