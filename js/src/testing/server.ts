import type { Config, SessionState, User } from "../contract.js";
import {
  type AnyProblem,
  type DataOf,
  findFor,
  isProblem,
  type OperationKey,
  type ProblemOf,
  problemResponse,
} from "./operations.js";
import { CONFIG, listed, type Person, sessionOf, userOf } from "./people.js";

export interface FakeServerOptions {
  /** As for `createAuth`. */
  baseUrl?: string;
  people?: Person[];
  config?: Partial<Config>;
}

/** What MSW's `http` has that is needed here. */
export interface HttpOfMsw<Handler> {
  all: (
    path: string,
    resolver: (info: { request: Request }) => Promise<Response | undefined>,
  ) => Handler;
}

/** A server that behaves by the contract, for one browser. It knows nothing when a test begins. */
export interface FakeServer {
  /** Handlers for MSW 2, made by its own `http`. What they do not serve goes on to the next one. */
  handlers: <Handler>(http: HttpOfMsw<Handler>) => Handler[];
  /** Answer a request, `undefined` where it is none of ours. */
  respond: (request: Request) => Promise<Response | undefined>;
  /** Sign somebody in without a request: by user name or address, or somebody new. */
  signIn: (who: string | Person, options?: { fresh?: boolean }) => void;
  /** What `session/` says. */
  state: () => SessionState;
  /** End the session, as time or another device would. */
  expire: () => void;
  /** Make what was proved too old for what asks for a fresh proof. */
  ageProofs: () => void;
  /** Refuse an operation once, or as often as said. */
  refuse: <Key extends OperationKey>(
    operation: Key,
    problem: ProblemOf<Key>,
    options?: { times?: number },
  ) => void;
  /** Answer an operation with this from now on, whoever asks. */
  answer: <Key extends OperationKey>(operation: Key, data: DataOf<Key>) => void;
  /** Forget all that happened. */
  reset: () => void;
}

interface Known {
  user: User;
  password: string | undefined;
  next: string[];
}

interface Current {
  who: Known;
  id: string;
  fresh: boolean;
}

interface Sent {
  body: Record<string, unknown>;
  parts: string[];
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** What starts a session is decided by the origin alone. */
const WITHOUT_TOKEN =
  /^\/(login|signup|password\/reset|email\/verify|email\/change\/undo|account\/restore|social\/[^/]+\/begin)\//;
const WRONG = { status: 400, code: "invalid_credentials" } as const;
const STALE = { status: 403, code: "reauthentication_required", ways: ["password"] } as const;

/** What answers which operation: with what the contract has for it, and nothing else. */
type Serves<Given> = {
  [Key in OperationKey]?: (given: Given) => DataOf<Key> | ProblemOf<Key>;
};

export function createFakeServer({
  baseUrl = "/api/",
  people = [],
  config = {},
}: FakeServerOptions = {}): FakeServer {
  const base = new URL(baseUrl, globalThis.location?.href ?? "http://localhost");
  let current: Current | undefined;
  let others: string[] = [];
  let known: Known[] = [];
  let count = 0;
  let token = "";
  const refusals = new Map<string, { problem: AnyProblem; times: number }>();
  const answers = new Map<string, unknown>();

  const numbered = (name: string) => {
    count += 1;
    return `${name}-${count}`;
  };

  function reset() {
    current = undefined;
    known = [];
    for (const person of people) add(person);
    others = ["another-session"];
    count = 0;
    token = numbered("token");
    refusals.clear();
    answers.clear();
  }

  function add(person: Person): Known {
    const { password, next = [] } = person;
    const added = { user: userOf(person, known.length + 1), password, next };
    known.push(added);
    return added;
  }

  const find = (field: "username" | "email", value: unknown) =>
    known.find(({ user }) => user[field] === value);
  const findByLogin = (login: string) => find(login.includes("@") ? "email" : "username", login);

  function enter(who: Known, fresh: boolean) {
    current = { who, id: numbered("session"), fresh };
    token = numbered("token");
  }

  function leave() {
    current = undefined;
    token = numbered("token");
  }

  function state(): SessionState {
    if (!current) return { status: "anonymous", isAuthenticated: false, csrfToken: token };
    const { next, user } = current.who;
    if (next.length) return { status: "pending", isAuthenticated: false, next, csrfToken: token };
    const session = sessionOf(current.id);
    return { status: "authenticated", isAuthenticated: true, user, session, csrfToken: token };
  }

  const anybodys: Serves<Sent> = {
    "GET /csrf/": () => ({ csrfToken: token }),
    "GET /session/": state,
    "GET /config/": () => ({ ...CONFIG, ...config }),
    "POST /login/": login,
    "POST /logout/": () => {
      leave();
      return state();
    },
  };

  function login({ body }: Sent): DataOf<"POST /login/"> | ProblemOf<"POST /login/"> {
    const { username, email, login, password } = body;
    const named = [username, email, login].filter((each) => typeof each === "string" && each);
    if (named.length !== 1 || typeof password !== "string") {
      return { status: 400, code: "invalid_body" };
    }
    const found = login
      ? findByLogin(String(login))
      : find(username ? "username" : "email", named[0]);
    if (!password || found?.password !== password) return WRONG;
    enter(found, true);
    return state();
  }

  /** What somebody who is signed in may do; each is 401 for all others. */
  const theirs: Serves<Current & Sent> = {
    "GET /whoami/": ({ who }) => who.user,
    "GET /profile/": ({ who }) => profile(who),
    "PATCH /profile/": ({ who, body }) => {
      who.user = { ...who.user, ...body };
      return profile(who);
    },
    "GET /sessions/": list,
    "POST /sessions/revoke-others/": (now) => {
      others = [];
      return list(now);
    },
    "DELETE /sessions/{id}/": ({ id, parts: [ended = ""] }) => {
      if (id !== ended && !others.includes(ended)) return { status: 404, code: "not_found" };
      if (id === ended) leave();
      others = others.filter((other) => other !== ended);
      return state();
    },
    "POST /reauthenticate/": ({ who, body, id }) => {
      if (who.password !== body.password) return WRONG;
      current = { who, id, fresh: true };
      token = numbered("token");
      return state();
    },
    "POST /password/change/": ({ who, body }) => {
      if (who.password !== body.currentPassword) return WRONG;
      who.password = String(body.newPassword);
      others = [];
      token = numbered("token");
      return state();
    },
    "POST /account/delete/": ({ who, fresh }) => {
      if (!fresh) return STALE;
      known = known.filter((each) => each !== who);
      leave();
      return state();
    },
  };

  function list({ id }: Current) {
    return { sessions: [listed(id, true), ...others.map((other) => listed(other, false))] };
  }

  function profile({ user }: Known) {
    const { fields } = { ...CONFIG, ...config }.profile;
    const { firstName, lastName, ...more } = user;
    const others = Object.entries(more).filter(([name]) => fields.includes(name));
    return { firstName, lastName, ...Object.fromEntries(others) };
  }

  async function respond(request: Request): Promise<Response | undefined> {
    const { pathname, origin } = new URL(request.url);
    if (origin !== base.origin || !pathname.startsWith(base.pathname)) return;
    const path = `/${pathname.slice(base.pathname.length).replace(/\/?$/, "/")}`;
    const key = `${request.method} ${path}`;
    const serve = refusal(key) ?? answer(key) ?? own(key);
    if (!serve) return;
    if (lacksToken(request, path)) return problemResponse({ status: 403, code: "csrf_failed" });
    const said = serve(await read(request));
    return isProblem(said) ? problemResponse(said) : Response.json(said);
  }

  function refusal(key: string) {
    const found = findFor(refusals, key);
    return (
      found &&
      (() => {
        found.value.times -= 1;
        if (found.value.times <= 0) refusals.delete(found.operation);
        return found.value.problem;
      })
    );
  }

  function answer(key: string) {
    const found = findFor(answers, key);
    return found && (() => found.value);
  }

  function own(key: string): ((body: Sent["body"]) => unknown) | undefined {
    const open = findFor(Object.entries(anybodys), key);
    if (open) return (body) => open.value({ body, parts: [] });
    const found = findFor(Object.entries(theirs), key);
    return (
      found &&
      ((body) =>
        current && !current.who.next.length
          ? found.value({ ...current, body, parts: found.parts })
          : { status: 401, code: "not_authenticated" })
    );
  }

  function lacksToken(request: Request, path: string): boolean {
    if (!current || SAFE.has(request.method) || WITHOUT_TOKEN.test(path)) return false;
    return request.headers.get("X-CSRFToken") !== token;
  }

  reset();

  return {
    handlers: (http) => [
      http.all(`${base.origin}${base.pathname}*`, ({ request }) => respond(request)),
    ],
    respond,
    state,
    signIn(who, { fresh = true } = {}) {
      const found = typeof who === "string" ? findByLogin(who) : add(who);
      if (!found) throw new Error(`The fake server knows nobody called ${who}`);
      enter(found, fresh);
    },
    expire: leave,
    ageProofs() {
      if (current) current.fresh = false;
    },
    refuse(operation, problem, { times = 1 } = {}) {
      refusals.set(operation, { problem, times });
    },
    answer: (operation, data) => void answers.set(operation, data),
    reset,
  };
}

async function read(request: Request): Promise<Record<string, unknown>> {
  const text = await request.clone().text();
  return text ? JSON.parse(text) : {};
}
