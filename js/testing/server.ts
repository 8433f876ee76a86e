import { vi } from "vitest";

export interface Call {
  key: string;
  headers: Headers;
  credentials: RequestCredentials | undefined;
  body: unknown;
}

export type Reply = () => Response | Promise<Response>;

/** A server in place of `fetch`. Replies are used in turn, and the last one stays. */
export function stubServer(routes: Record<string, Reply | Reply[]>) {
  const calls: Call[] = [];
  const left = new Map<string, Reply[]>();
  for (const [key, replies] of Object.entries(routes)) left.set(key, [replies].flat());

  vi.stubGlobal("fetch", async (input: Request | URL | string, init: RequestInit = {}) => {
    const sent = input instanceof Request ? input : undefined;
    const url = new URL(sent?.url ?? String(input), location.href);
    const path = url.origin === location.origin ? url.pathname + url.search : url.href;
    const key = `${sent?.method ?? init.method ?? "GET"} ${path}`;
    const written = sent ? await sent.clone().text() : init.body;
    const body = typeof written === "string" && written ? JSON.parse(written) : written;
    const { credentials } = sent ?? init;
    calls.push({ key, headers: new Headers(sent?.headers ?? init.headers), credentials, body });
    const replies = left.get(key) ?? [];
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (!reply) throw new Error(`The stub has no reply for ${key}`);
    return reply();
  });

  return {
    calls,
    keys: () => calls.map(({ key }) => key),
    on(key: string, ...replies: Reply[]) {
      left.set(key, replies);
    },
  };
}

/** A reply that comes when the test says so. */
export function held(reply: Reply) {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { reply: () => gate.then(reply), release: () => release() };
}

export const json =
  (body: unknown, status = 200): Reply =>
  () =>
    Response.json(body, { status });

export const empty: Reply = () => new Response(null, { status: 204 });

export const html =
  (status: number): Reply =>
  () =>
    new Response("<h1>A proxy</h1>", { status, headers: { "Content-Type": "text/html" } });

export const offline: Reply = () => Promise.reject(new TypeError("Failed to fetch"));

export function problem(
  status: number,
  code: string,
  extra: { detail?: string; fields?: object; ways?: string[]; retryAfter?: string } = {},
): Reply {
  const { detail = `Refused: ${code}.`, fields, ways, retryAfter } = extra;
  return () =>
    new Response(
      JSON.stringify({
        type: "about:blank",
        title: code,
        status,
        code,
        detail,
        ...(fields && { fields }),
        ...(ways && { ways }),
      }),
      {
        status,
        headers: {
          "Content-Type": "application/problem+json",
          ...(retryAfter && { "Retry-After": retryAfter }),
        },
      },
    );
}

export const alice = {
  id: "1",
  username: "alice",
  email: "alice@example.com",
  emailVerified: true,
  firstName: "Alice",
  lastName: "Liddell",
};

export const anonymous = (csrfToken = "first") =>
  json({ status: "anonymous", isAuthenticated: false, csrfToken });

export const pending = json({
  status: "pending",
  isAuthenticated: false,
  next: ["totp"],
  csrfToken: "first",
});

export const signedIn = (user: object = {}, csrfToken = "second") =>
  json(authenticated(user, csrfToken));

/** A session that ends that many milliseconds after it was last used. */
export const signedInUntil = (milliseconds: number): Reply => {
  const state = authenticated({}, "second");
  const expiresAt = new Date(Date.parse(state.session.lastSeenAt) + milliseconds).toISOString();
  return json({ ...state, session: { ...state.session, expiresAt } });
};

function authenticated(user: object, csrfToken: string) {
  return {
    status: "authenticated",
    isAuthenticated: true,
    user: { ...alice, ...user },
    session: {
      id: "s1",
      createdAt: "2026-01-01T10:00:00Z",
      authenticatedAt: "2026-01-01T10:00:00Z",
      lastSeenAt: "2026-01-01T10:00:00Z",
      expiresAt: "2026-04-01T10:00:00Z",
      proofs: ["password"],
    },
    csrfToken,
  };
}
