import { type Answer, peekProblem, readAnswer } from "./answer";
import type {
  AuthenticatedState,
  Credentials,
  Profile,
  ProfileChanges,
  ProfileCode,
  SessionState,
  SignInCode,
  SignOutCode,
} from "./contract";
import { Outage } from "./outage";
import { createStore } from "./store";
import { createTabs } from "./tabs";
import { type ApiInit, createTransport } from "./transport";

type WithoutToken<State> = State extends unknown ? Omit<State, "csrfToken"> : never;

/** What the server last said. */
export type Session = WithoutToken<SessionState>;
export type SignedIn = WithoutToken<AuthenticatedState>;

/** What is known now: the session, or why it is not known. */
export type Snapshot =
  | Session
  | { status: "loading"; isAuthenticated: false }
  | { status: "unavailable"; isAuthenticated: false };

export interface AuthOptions {
  /** Where the API is mounted: `/api/`, or on another origin `https://api.example.com/api/`. */
  base: string;
}

export interface Auth {
  get: () => Snapshot;
  getServer: () => Snapshot;
  /** The first subscriber starts the client, the last one stops it. */
  subscribe: (listener: () => void) => () => void;
  /** Learn the session. One request, however many ask. Throws an `Outage`. */
  load: () => Promise<Snapshot>;
  signIn: (credentials: Credentials) => Promise<Answer<Session, SignInCode>>;
  signOut: () => Promise<Answer<Session, SignOutCode>>;
  updateProfile: (changes: ProfileChanges) => Promise<Answer<Profile, ProfileCode>>;
  /** `fetch` for the project's own API, with the CSRF token. Throws an `Outage`, also on 5xx. */
  fetch: (input: string | URL, init?: ApiInit) => Promise<Response>;
}

const LOADING: Snapshot = { status: "loading", isAuthenticated: false };
const UNAVAILABLE: Snapshot = { status: "unavailable", isAuthenticated: false };
const SIGNED_OUT: Snapshot = { status: "anonymous", isAuthenticated: false };

/** The client. Nothing touches the window or the network before the first subscriber or call. */
export function createAuth({ base }: AuthOptions): Auth {
  const store = createStore<Snapshot>(LOADING);
  const transport = createTransport(() => endpoint("csrf/"));
  const tabs = createTabs({
    name: `spa-auth:${base}`,
    onChange: () => quietly(reload()),
    onRestore: () => {
      // The session may have ended meanwhile: show nothing of it until the server has answered.
      store.set(LOADING);
      quietly(reload());
    },
  });

  // Counts what changed the state, so that an answer that was overtaken does not undo it.
  let revision = 0;
  let reading: Promise<Snapshot> | undefined;
  let subscribers = 0;

  function subscribe(listener: () => void): () => void {
    const unsubscribe = store.subscribe(listener);
    subscribers += 1;
    if (subscribers === 1) tabs.connect();
    // Not after a failed read: that would ask again with every component that shows the failure.
    if (store.get().status === "loading") quietly(load());
    return () => {
      unsubscribe();
      subscribers -= 1;
      if (subscribers === 0) tabs.disconnect();
    };
  }

  async function load(): Promise<Snapshot> {
    if (reading) return reading;
    const { status } = store.get();
    if (status !== "loading" && status !== "unavailable") return store.get();
    store.set(LOADING);
    return reload();
  }

  function reload(): Promise<Snapshot> {
    revision += 1;
    const current = readSession(revision).finally(() => {
      if (reading === current) reading = undefined;
    });
    reading = current;
    return current;
  }

  async function readSession(started: number): Promise<Snapshot> {
    try {
      const response = await transport.plain(endpoint("session/"), { cache: "no-store" });
      const { data } = await readAnswer<SessionState>(response);
      if (!data) throw new Outage("unreadable", { status: response.status });
      if (started === revision) keep(data);
      return store.get();
    } catch (error) {
      // An outage ends no session: what was known stays, unless nothing was.
      if (started === revision && store.get().status === "loading") store.set(UNAVAILABLE);
      throw error;
    }
  }

  async function signIn(credentials: Credentials): Promise<Answer<Session, SignInCode>> {
    const response = await transport.plain(endpoint("login/"), json("POST", credentials));
    return settle(await readAnswer<SessionState, SignInCode>(response));
  }

  async function signOut(): Promise<Answer<Session, SignOutCode>> {
    const response = await transport.guarded(endpoint("logout/"), json("POST", {}));
    return settle(await readAnswer<SessionState, SignOutCode>(response));
  }

  async function updateProfile(changes: ProfileChanges): Promise<Answer<Profile, ProfileCode>> {
    const response = await send(endpoint("profile/"), json("PATCH", changes));
    const answer = await readAnswer<Profile, ProfileCode>(response);
    const known = store.get();
    if (answer.data && known.status === "authenticated") {
      // A read that is on its way may have missed this change, so it is made again.
      if (reading) quietly(reload());
      store.set({ ...known, user: { ...known.user, ...answer.data } });
      tabs.announce();
    }
    return answer;
  }

  async function send(url: URL, init?: ApiInit): Promise<Response> {
    const started = revision;
    const response = await transport.guarded(url, init);
    if (response.status === 401 && started === revision) await endSession(response);
    return response;
  }

  // Only our own code counts: the 401 of another service says nothing about this session.
  async function endSession(response: Response): Promise<void> {
    const problem = await peekProblem(response);
    if (problem?.code !== "not_authenticated" || !store.get().isAuthenticated) return;
    revision += 1;
    store.set(SIGNED_OUT);
    tabs.announce();
  }

  function settle<Code extends string>(answer: Answer<SessionState, Code>): Answer<Session, Code> {
    if (answer.error) return answer;
    revision += 1;
    const session = keep(answer.data);
    tabs.announce();
    return { data: session, error: undefined };
  }

  function keep({ csrfToken, ...session }: SessionState): Session {
    transport.keepToken(csrfToken);
    store.set(session);
    return session;
  }

  function endpoint(path: string): URL {
    return new URL(path, new URL(base, location.href));
  }

  return {
    get: store.get,
    getServer: store.getServer,
    subscribe,
    load,
    signIn,
    signOut,
    updateProfile,
    async fetch(input, init) {
      const url = new URL(input, location.href);
      // The token is for our server only; a foreign one could use it.
      return url.origin === endpoint("").origin ? send(url, init) : fetch(url, init);
    },
  };
}

function json(method: string, body: object): ApiInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

// Nobody waits for this answer, and the store already says that it failed.
function quietly(promise: Promise<unknown>): void {
  promise.catch(() => {});
}
