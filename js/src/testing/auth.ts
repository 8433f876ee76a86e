import { type Answer, readAnswer } from "../answer.js";
import type { Auth, CallOptions, Session, Snapshot } from "../auth.js";
import { createCalls } from "../calls.js";
import { createChallenges } from "../challenge.js";
import type { Profile, ProfileChangeRefusal, Refusal, SessionState, User } from "../contract.js";
import { type AuthEvent, createEvents, eventBetween } from "../events.js";
import { createStore } from "../store.js";
import type { Person } from "./people.js";
import { createFakeServer, type FakeServer, type FakeServerOptions } from "./server.js";

/** Who is there: a person by some of their fields, or why nobody is. */
export type FakeState = Partial<User> | "anonymous" | "loading" | "unavailable" | "pending";

export interface FakeAuth extends Auth {
  /** Be somebody else, or nobody, at once. */
  become: (state: FakeState) => void;
  /** What answers the calls. */
  server: FakeServer;
}

const PASSWORD = "correct-horse-battery-staple";
const HERE = "http://fake.test/api/";

/**
 * The client for tests of components: its state is there at once, and no call leaves the process.
 * Who is signed in, and whoever is in `people` without a password, has `correct-horse-battery-staple`.
 */
export function fakeAuth(
  state: FakeState = "anonymous",
  { people = [], ...options }: Omit<FakeServerOptions, "baseUrl"> = {},
): FakeAuth {
  const server = createFakeServer({ ...options, people: people.map(withPassword), baseUrl: HERE });
  const challenges = createChallenges();
  const events = createEvents<Session>();
  const store = createStore<Snapshot>(become(state));

  function become(next: FakeState): Snapshot {
    if (next === "loading" || next === "unavailable") {
      return { status: next, isAuthenticated: false };
    }
    if (next === "anonymous") server.expire();
    else if (next === "pending") server.signIn({ next: ["totp"] });
    else server.signIn(withPassword(next));
    return withoutToken(server.state());
  }

  function take(next: Snapshot, cause: "signedOut" | "expired"): void {
    const before = store.get();
    store.set(next);
    if (!isKnown(before) || !isKnown(next)) return;
    const event: AuthEvent | undefined = eventBetween(before, next, cause);
    if (event) {
      challenges.cancel();
      events.emit(event, next);
    }
  }

  function settled(state: SessionState, cause: "signedOut" | "expired" = "signedOut"): Session {
    const session = withoutToken(state);
    take(session, cause);
    return session;
  }

  async function respond(request: Request): Promise<Response> {
    const response = await server.respond(request);
    if (response) return response;
    const { pathname } = new URL(request.url);
    throw new Error(`Nothing answers ${request.method} ${pathname}: see auth.server.answer()`);
  }

  function write(path: string, body: object | undefined, method: string): () => Promise<Response> {
    return () => {
      const headers = { "X-CSRFToken": server.state().csrfToken };
      const sent = body && JSON.stringify(body);
      return respond(new Request(new URL(path, HERE), { method, headers, body: sent ?? null }));
    };
  }

  async function call<Data, Error extends Refusal>(
    path: string,
    { signal }: CallOptions = {},
    body?: object,
    method = "POST",
  ): Promise<Answer<Data, Error>> {
    const send = write(path, body, method);
    const response = await challenges.send({ send, mayRepeat: () => true, signal });
    const answer = await readAnswer<Data, Error>(response);
    if (answer.error?.code === "not_authenticated") settled(server.state(), "expired");
    return answer;
  }

  const settle = async <Error extends Refusal>(
    asked: Promise<Answer<SessionState, Error>>,
  ): Promise<Answer<Session, Error>> => {
    const answer = await asked;
    return answer.data ? { data: settled(answer.data), error: undefined } : answer;
  };

  return {
    ...createCalls({
      ask: (path, options) => call(path, options, undefined, "GET"),
      send: (path, body, options, method) => call(path, options, body, method),
      post: (path, body, options) => call(path, options, body),
      settle,
      challenges,
    }),
    get: store.get,
    getServer: store.getServer,
    subscribe: store.subscribe,
    on: events.on,
    load: async () => store.get(),
    dispose() {
      store.clear();
      events.clear();
      challenges.clear();
    },
    fetch: (input, init) => respond(new Request(new URL(String(input), HERE), init)),
    challenge: challenges.store,
    session: (options) => settle(call("session/", options, undefined, "GET")),
    logout: (options) => settle(call("logout/", options, {})),
    profile: {
      get: (options) => call("profile/", options, undefined, "GET"),
      async change(body, options) {
        const answer = await call<Profile, ProfileChangeRefusal>(
          "profile/",
          options,
          body,
          "PATCH",
        );
        if (answer.data) settled(server.state());
        return answer;
      },
    },
    become: (next) => take(become(next), "expired"),
    server,
  };
}

function withPassword(person: Person): Person {
  return { password: PASSWORD, ...person };
}

function isKnown(snapshot: Snapshot): snapshot is Session {
  return snapshot.status !== "loading" && snapshot.status !== "unavailable";
}

function withoutToken({ csrfToken: _, ...session }: SessionState): Session {
  return session;
}
