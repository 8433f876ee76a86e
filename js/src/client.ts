import { type Answer, peekRefusal, readAnswer } from "./answer.js";
import { createAttention, timeLeft } from "./attention.js";
import type { Auth, AuthOptions, CallOptions, Session, Snapshot } from "./auth.js";
import { createCalls } from "./calls.js";
import { createChallenges } from "./challenge.js";
import type {
  LogoutRefusal,
  Profile,
  ProfileChange,
  ProfileChangeRefusal,
  Refusal,
  SessionRefusal,
  SessionState,
} from "./contract.js";
import { type AuthEvent, createEvents, eventBetween } from "./events.js";
import { Outage } from "./outage.js";
import { createStore } from "./store.js";
import { createTabs, type News } from "./tabs.js";
import { createTransport } from "./transport.js";

const LOADING: Snapshot = { status: "loading", isAuthenticated: false };
const UNAVAILABLE: Snapshot = { status: "unavailable", isAuthenticated: false };
const SIGNED_OUT: Session = { status: "anonymous", isAuthenticated: false };

/** The client. Nothing touches the window or the network before the first subscriber or call. */
export function createAuth({ baseUrl }: AuthOptions): Auth {
  const store = createStore<Snapshot>(LOADING);
  const events = createEvents<Session>();
  const challenges = createChallenges();
  const transport = createTransport({ current: currentToken, renew, person: () => person });
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
  // Counts who was here, so that what one of them sent is never sent again in the name of another.
  let person = 0;
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
    const now = store.get();
    if (now.status !== "loading" && now.status !== "unavailable") return now;
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

  async function renew(): Promise<string> {
    await (reading ?? reread());
    return token;
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
      if (started === revision) end(cause);
    });
  }

  function end(cause: "signedOut" | "expired"): AuthEvent | undefined {
    if (!known?.isAuthenticated) return;
    revision += 1;
    return become(SIGNED_OUT, cause);
  }

  async function session(options?: CallOptions): Promise<Answer<Session, SessionRefusal>> {
    revision += 1;
    const started = revision;
    const answer = await ask<SessionState, SessionRefusal>("session/", options);
    if (!answer.data) return answer;
    const take = started === revision ? keep : withoutToken;
    return { data: take(answer.data), error: undefined };
  }

  /** Write without the token: the server goes by the origin, so no expired cookie locks anybody out. */
  async function post<Data, Error extends Refusal>(
    path: string,
    body: object,
    options?: CallOptions,
  ): Promise<Answer<Data, Error>> {
    return transport.plain(endpoint(path), request(body, options)).then(readAnswer<Data, Error>);
  }

  async function logout(options?: CallOptions): Promise<Answer<Session, LogoutRefusal>> {
    // Not watched: there is no session to be lost.
    const { send } = transport.prepare(endpoint("logout/"), request({}, options));
    return settle(send().then(readAnswer<SessionState, LogoutRefusal>));
  }

  async function changeProfile(
    body: ProfileChange,
    options?: CallOptions,
  ): Promise<Answer<Profile, ProfileChangeRefusal>> {
    const answer = await send<Profile, ProfileChangeRefusal>("profile/", body, options, "PATCH");
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
    const response = watched(endpoint(path), { cache: "no-store", ...options });
    return response.then(readAnswer<Data, Error>);
  }

  /** Write to an endpoint, by POST unless told otherwise. */
  async function send<Data, Error extends Refusal>(
    path: string,
    body?: object,
    options?: CallOptions,
    method?: string,
  ): Promise<Answer<Data, Error>> {
    const response = watched(endpoint(path), request(body, options, method));
    return response.then(readAnswer<Data, Error>);
  }

  async function watched(input: Request | URL, init?: RequestInit): Promise<Response> {
    const request = transport.prepare(input, init);
    return challenges.send({
      ...request,
      async send() {
        const started = revision;
        const response = await request.send();
        // Only our own code counts: the 401 of another service says nothing about this session.
        const ended = await peekRefusal(response, 401, "not_authenticated");
        if (ended && started === revision && end("expired")) tabs.announce("expired");
        return response;
      },
    });
  }

  /** Take the answer as the state, and tell the other tabs. */
  async function settle<Error extends Refusal>(
    asked: Promise<Answer<SessionState, Error>>,
  ): Promise<Answer<Session, Error>> {
    const answer = await asked;
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
    if (event) {
      person += 1;
      challenges.cancel();
      events.emit(event, next);
    }
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
      challenges.clear();
      if (subscribers > 0) disconnect();
    },
    async fetch(input, init) {
      const isRequest = input instanceof Request;
      const url = new URL(isRequest ? input.url : input, document.baseURI);
      // The token is for our server only; a foreign one could use it.
      if (url.origin !== endpoint("").origin) return fetch(input, init);
      return watched(isRequest ? input : url, init);
    },
    challenge: {
      ...challenges.store,
      subscribe: (listener) => connected(challenges.store.subscribe(listener)),
    },
    ...createCalls({ ask, send, post, settle, challenges }),
    session,
    logout,
    profile: { get: (options) => ask("profile/", options), change: changeProfile },
  };
}

function request(body?: object, options?: CallOptions, method = "POST"): RequestInit {
  const json = body && {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  return { ...options, method, ...json };
}

function withoutToken({ csrfToken: _, ...session }: SessionState): Session {
  return session;
}

// Nobody waits for this answer, and the store already says that it failed.
function quietly(promise: Promise<unknown>): void {
  promise.catch(() => {});
}
