import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  alice,
  anonymous,
  held,
  html,
  json,
  offline,
  pending,
  problem,
  signedIn,
  stubServer,
} from "../testing/server.js";
import type { Auth } from "./auth.js";
import { createAuth } from "./client.js";
import { Outage } from "./outage.js";

const CREDENTIALS = { login: "alice", password: "correct" };
let auth: Auth;

beforeEach(() => {
  auth = createAuth({ baseUrl: "/api/" });
});

afterEach(() => vi.useRealTimers());

test("nothing is asked before somebody wants to know", () => {
  const server = stubServer({});
  createAuth({ baseUrl: "/api/" });
  expect(server.calls).toEqual([]);
  expect(auth.get().status).toBe("loading");
});

test("fifty consumers cost one request", async () => {
  const server = stubServer({ "GET /api/session/": anonymous() });
  const leave = Array.from({ length: 50 }, () => auth.subscribe(() => {}));
  await Promise.all(Array.from({ length: 50 }, () => auth.load()));
  for (const stop of leave) stop();
  expect(server.keys()).toEqual(["GET /api/session/"]);
  expect(auth.get().status).toBe("anonymous");
});

test("subscribing again, as StrictMode does, asks nothing again", async () => {
  const server = stubServer({ "GET /api/session/": anonymous() });
  auth.subscribe(() => {})();
  auth.subscribe(() => {});
  await auth.load();
  auth.subscribe(() => {});
  await auth.load();
  expect(server.calls).toHaveLength(1);
});

test("the store is right when a sign-in resolves, without another request", async () => {
  const server = stubServer({
    "GET /api/session/": anonymous(),
    "POST /api/login/": signedIn(),
  });
  await auth.load();
  const { data, error } = await auth.login.password({ ...CREDENTIALS, remember: false });
  expect(error).toBeUndefined();
  expect(data?.status).toBe("authenticated");
  expect(auth.get()).toMatchObject({ isAuthenticated: true, user: alice });
  expect(server.keys()).toEqual(["GET /api/session/", "POST /api/login/"]);
  expect(server.calls[1]?.body).toEqual({ ...CREDENTIALS, remember: false });
});

test("a sign-in needs no token and no boot", async () => {
  const server = stubServer({ "POST /api/login/": signedIn() });
  await auth.login.password(CREDENTIALS);
  await auth.load();
  expect(server.keys()).toEqual(["POST /api/login/"]);
});

test("the token is not in the store", async () => {
  stubServer({ "POST /api/login/": signedIn({}, "secret-token") });
  const { data } = await auth.login.password(CREDENTIALS);
  expect(JSON.stringify([data, auth.get()])).not.toContain("secret-token");
});

test("a refused sign-in is a value and changes nothing", async () => {
  stubServer({
    "GET /api/session/": anonymous(),
    "POST /api/login/": problem(429, "rate_limited", { retryAfter: "30" }),
  });
  await auth.load();
  const before = auth.get();
  const { data, error } = await auth.login.password(CREDENTIALS);
  expect(data).toBeUndefined();
  expect(error).toMatchObject({ code: "rate_limited", status: 429, retryAfter: 30 });
  expect(auth.get()).toBe(before);
});

test("a wait given as a date is not read", async () => {
  stubServer({
    "POST /api/login/": problem(429, "rate_limited", {
      retryAfter: "Fri, 01 Jan 2027 00:00:00 GMT",
    }),
  });
  const { error } = await auth.login.password(CREDENTIALS);
  expect(error).not.toHaveProperty("retryAfter");
});

test("a sign-in that needs another step is pending, not signed in", async () => {
  stubServer({ "POST /api/login/": pending });
  await auth.login.password(CREDENTIALS);
  expect(auth.get()).toEqual({ status: "pending", isAuthenticated: false, next: ["totp"] });
});

test("a slow boot does not undo a sign-in", async () => {
  const boot = held(anonymous());
  stubServer({ "GET /api/session/": boot.reply, "POST /api/login/": signedIn() });
  const booted = auth.load();
  await auth.login.password(CREDENTIALS);
  boot.release();
  expect((await booted).status).toBe("authenticated");
  expect(auth.get().status).toBe("authenticated");
});

test("a slow boot that fails does not undo a sign-in either", async () => {
  const boot = held(offline);
  stubServer({ "GET /api/session/": boot.reply, "POST /api/login/": signedIn() });
  const booted = auth.load();
  await auth.login.password(CREDENTIALS);
  boot.release();
  await expect(booted).rejects.toBeInstanceOf(Outage);
  expect(auth.get().status).toBe("authenticated");
});

test("signing out sends the token and empties the store", async () => {
  const server = stubServer({
    "POST /api/login/": signedIn({}, "rotated"),
    "POST /api/logout/": anonymous(),
  });
  await auth.login.password(CREDENTIALS);
  const { data } = await auth.logout();
  expect(data?.status).toBe("anonymous");
  expect(auth.get()).toEqual({ status: "anonymous", isAuthenticated: false });
  expect(server.calls[1]?.headers.get("X-CSRFToken")).toBe("rotated");
  expect(server.calls[1]?.body).toEqual({});
});

test("a sign-out that never arrived leaves the visitor signed in", async () => {
  stubServer({ "POST /api/login/": signedIn(), "POST /api/logout/": offline });
  await auth.login.password(CREDENTIALS);
  await expect(auth.logout()).rejects.toBeInstanceOf(Outage);
  expect(auth.get().isAuthenticated).toBe(true);
});

test("a refused sign-out is a value", async () => {
  stubServer({
    "POST /api/login/": signedIn(),
    "POST /api/logout/": problem(403, "origin_refused"),
  });
  await auth.login.password(CREDENTIALS);
  expect((await auth.logout()).error?.code).toBe("origin_refused");
  expect(auth.get().isAuthenticated).toBe(true);
});

test("a saved profile is in the store at once", async () => {
  stubServer({
    "POST /api/login/": signedIn(),
    "PATCH /api/profile/": json({ firstName: "Al", lastName: "Liddell" }),
  });
  await auth.login.password(CREDENTIALS);
  const { data } = await auth.profile.change({ firstName: "Al" });
  expect(data?.firstName).toBe("Al");
  expect(auth.get()).toMatchObject({ user: { ...alice, firstName: "Al" } });
});

test("a refused profile changes nothing", async () => {
  const fields = { firstName: [{ code: "too_long", detail: "Too long." }] };
  stubServer({
    "POST /api/login/": signedIn(),
    "PATCH /api/profile/": problem(400, "invalid_body", { fields }),
  });
  await auth.login.password(CREDENTIALS);
  const { error } = await auth.profile.change({ firstName: "Bob" });
  expect(error?.fields).toEqual(fields);
  expect(auth.get()).toMatchObject({ user: alice });
});

test("a boot without an answer is an outage, and can be tried again", async () => {
  const server = stubServer({ "GET /api/session/": [offline, signedIn()] });
  auth.subscribe(() => {});
  await expect(auth.load()).rejects.toMatchObject({ name: "Outage", reason: "network" });
  expect(auth.get().status).toBe("unavailable");
  auth.subscribe(() => {});
  expect(server.calls).toHaveLength(1);
  expect((await auth.load()).status).toBe("authenticated");
});

test.each([
  ["a server error", problem(503, "session_store_unavailable", { retryAfter: "5" }), "server"],
  ["a page of HTML", html(200), "unreadable"],
  ["a refusal that is no problem document", html(400), "unreadable"],
  ["a refusal", problem(400, "cookie_ambiguous"), "unreadable"],
])("a boot that gets %s is an outage", async (_, reply, reason) => {
  stubServer({ "GET /api/session/": reply });
  await expect(auth.load()).rejects.toMatchObject({ name: "Outage", reason });
  expect(auth.get().status).toBe("unavailable");
});

test("a room that says that somebody else is down has answered", async () => {
  const down = problem(503, "social.provider_unavailable", { retryAfter: "60" });
  stubServer({ "POST /api/social/github/begin/": down });
  const { error } = await createAuth({ baseUrl: "/api/" }).social.begin("github");
  expect(error).toMatchObject({ code: "social.provider_unavailable", retryAfter: 60 });
});

test("the name of a provider leads nowhere else", async () => {
  const path = "POST /api/social/..%2F..%2Fx/begin/";
  const server = stubServer({
    [path]: json({ authorizationUrl: "https://a.example/", state: "s" }),
  });
  await createAuth({ baseUrl: "/api/" }).social.begin("../../x");
  expect(server.keys()).toEqual([path]);
});

test("an outage says how long the server asks to wait", async () => {
  stubServer({
    "POST /api/login/": problem(503, "session_store_unavailable", { retryAfter: "5" }),
  });
  await expect(auth.login.password(CREDENTIALS)).rejects.toMatchObject({
    status: 503,
    retryAfter: 5,
  });
});

test("asking again tells what changed, and a refusal is a value", async () => {
  stubServer({
    "GET /api/session/": [anonymous(), signedIn(), problem(400, "cookie_ambiguous")],
  });
  await auth.load();
  expect((await auth.session()).data?.status).toBe("authenticated");
  const { error } = await auth.session();
  expect(error?.code).toBe("cookie_ambiguous");
  expect(auth.get().status).toBe("authenticated");
});

test("an answer that was overtaken is given to the caller, and is not the state", async () => {
  const slow = held(anonymous());
  stubServer({ "GET /api/session/": slow.reply, "POST /api/login/": signedIn() });
  const asked = auth.session();
  await auth.login.password(CREDENTIALS);
  slow.release();
  expect((await asked).data?.status).toBe("anonymous");
  expect(auth.get().status).toBe("authenticated");
});

test("a new password goes with the token, and the answer is the state", async () => {
  const server = stubServer({
    "GET /api/session/": signedIn({}, "first"),
    "POST /api/password/change/": signedIn({}, "second"),
    "POST /api/reauthenticate/": signedIn({}, "third"),
    "POST /api/logout/": anonymous(),
  });
  await auth.load();
  const change = { currentPassword: "correct", newPassword: "another" };
  expect((await auth.password.change(change)).data?.status).toBe("authenticated");
  expect((await auth.reauthenticate.password({ password: "another" })).data?.status).toBe(
    "authenticated",
  );
  await auth.logout();
  const tokens = server.calls.map(({ headers }) => headers.get("X-CSRFToken"));
  expect(tokens).toEqual([null, "first", "second", "third"]);
  expect(server.calls[1]?.body).toEqual(change);
});

test("a first password goes with the token, and the answer is the state", async () => {
  const server = stubServer({
    "GET /api/session/": signedIn({}, "first"),
    "POST /api/password/set/": signedIn({ firstName: "Al" }, "second"),
  });
  await auth.load();
  const { error } = await auth.password.set({ newPassword: "another" });
  expect(error).toBeUndefined();
  expect(auth.get()).toMatchObject({ user: { firstName: "Al" } });
  expect(server.calls[1]?.headers.get("X-CSRFToken")).toBe("first");
  expect(server.calls[1]?.body).toEqual({ newPassword: "another" });
});

test("deleting the account leaves nobody signed in", async () => {
  const server = stubServer({
    "GET /api/session/": signedIn({}, "first"),
    "POST /api/account/delete/": [problem(409, "account.delete_refused"), anonymous()],
  });
  await auth.load();
  expect((await auth.account.delete()).error?.code).toBe("account.delete_refused");
  expect(auth.get().status).toBe("authenticated");
  expect((await auth.account.delete()).data?.status).toBe("anonymous");
  expect(auth.get()).toEqual({ status: "anonymous", isAuthenticated: false });
  expect(server.calls.map(({ headers }) => headers.get("X-CSRFToken"))).toEqual([
    null,
    "first",
    "first",
  ]);
  expect(server.calls[1]?.body).toEqual({});
});

test("bringing an account back takes no token and no boot, and signs nobody in", async () => {
  const detail = "Your account is back. Sign in as usual.";
  const server = stubServer({ "POST /api/account/restore/": json({ detail }) });
  expect((await auth.account.restore({ token: "x" })).data).toEqual({ detail });
  expect(auth.get().status).toBe("loading");
  expect(server.calls.map(({ body }) => body)).toEqual([{ token: "x" }]);
});

test("a copy of what is held changes nothing", async () => {
  const copy = { exportedAt: "2026-01-01T10:00:00Z", schema: "1", sections: {} };
  stubServer({
    "GET /api/session/": signedIn(),
    "POST /api/account/export/": json(copy),
  });
  expect((await auth.account.export()).data).toEqual(copy);
  expect(auth.get().status).toBe("authenticated");
});

test("a forgotten password takes no token and no boot, and signs in", async () => {
  const detail = "If there is an account, a mail is coming.";
  const server = stubServer({
    "POST /api/password/reset/": json({ detail }),
    "POST /api/password/reset/confirm/": signedIn(),
  });
  expect((await auth.password.reset({ email: "alice@example.com" })).data).toEqual({ detail });
  expect(auth.get().status).toBe("loading");
  const { error } = await auth.password.confirmReset({ token: "x", newPassword: "another" });
  expect(error).toBeUndefined();
  expect(auth.get()).toMatchObject({ isAuthenticated: true, user: alice });
  expect(server.calls).toHaveLength(2);
});

const SENT = json({ detail: "A mail is coming." });
const CHECK = json({ status: "check_mail", isAuthenticated: false, detail: "A mail is coming." });
const PROOF = { email: "alice@example.com", code: "123456" };
const ACCOUNT = { password: "another", username: "alice" };

test.each([
  ["login/email/", () => auth.login.email({ email: PROOF.email }), { email: PROOF.email }],
  ["email/resend/", () => auth.email.resend(), {}],
  [
    "email/change/",
    () => auth.email.change({ email: "b@example.com" }),
    { email: "b@example.com" },
  ],
  ["reauthenticate/email/", () => auth.reauthenticate.sendCode(), {}],
  ["signup/", () => auth.signup({ ...ACCOUNT, email: "a@example.com" }), { username: "alice" }],
])("%s asks for a mail, and the state stays", async (path, ask, body) => {
  const reply = path === "signup/" ? CHECK : SENT;
  const server = stubServer({ "GET /api/session/": anonymous(), [`POST /api/${path}`]: reply });
  await auth.load();
  const before = auth.get();
  expect((await ask()).data).toMatchObject({ detail: "A mail is coming." });
  expect(auth.get()).toBe(before);
  expect(server.calls.at(-1)?.body).toMatchObject(body);
});

test.each([
  ["signup/", () => auth.signup({ ...ACCOUNT, email: "alice@example.com" }), null],
  ["signup/finish/", () => auth.finishSignup({ ...ACCOUNT, ...PROOF, remember: false }), null],
  ["login/email/finish/", () => auth.login.finishEmail({ token: "x" }), null],
  ["email/verify/", () => auth.email.verify({ code: "123456" }), null],
  ["email/change/undo/", () => auth.email.undoChange({ token: "x" }), null],
  ["email/change/confirm/", () => auth.email.confirmChange({ token: "x" }), "first"],
  ["reauthenticate/email/finish/", () => auth.reauthenticate.code({ code: "123456" }), "first"],
])("the answer of %s is the state", async (path, call, token) => {
  const server = stubServer({
    "GET /api/session/": anonymous(),
    [`POST /api/${path}`]: signedIn(),
  });
  await auth.load();
  expect((await call()).data).toMatchObject({ isAuthenticated: true, user: alice });
  expect(auth.get()).toMatchObject({ isAuthenticated: true, user: alice });
  expect(server.calls.at(-1)?.headers.get("X-CSRFToken")).toBe(token);
});

test("a refused sign-up is a value", async () => {
  const fields = { username: [{ code: "unique", detail: "Taken." }] };
  stubServer({ "POST /api/signup/": problem(400, "invalid_body", { fields }) });
  const { error } = await auth.signup({ ...ACCOUNT, email: "alice@example.com" });
  expect(error?.fields?.username?.[0]?.detail).toBe("Taken.");
});

test("a link that does not work any more is a value and changes nothing", async () => {
  stubServer({
    "GET /api/session/": anonymous(),
    "POST /api/password/reset/confirm/": problem(400, "link_expired"),
  });
  await auth.load();
  const proof = { email: "alice@example.com", code: "123456" };
  const { error } = await auth.password.confirmReset({ ...proof, newPassword: "another" });
  expect(error?.code).toBe("link_expired");
  expect(auth.get().status).toBe("anonymous");
});

test("the endpoints that only read", async () => {
  const profile = { firstName: "Alice", lastName: "Liddell" };
  const password = { identifiers: ["email"], minLength: 8, maxLength: 1024, rules: [] };
  const config = { password, profile: { fields: [] } };
  stubServer({
    "GET /api/whoami/": json(alice),
    "GET /api/profile/": json(profile),
    "GET /api/sessions/": json({ sessions: [] }),
    "GET /api/config/": json(config),
  });
  expect((await auth.whoami()).data).toEqual(alice);
  expect((await auth.profile.get()).data).toEqual(profile);
  expect((await auth.sessions.list()).data).toEqual({ sessions: [] });
  expect((await auth.config()).data).toEqual(config);
});

test("what happened is read page by page", async () => {
  const entry = {
    id: "7",
    kind: "sign_in",
    outcome: "done",
    at: "2026-01-01T10:00:00Z",
    address: "192.0.2.1",
    device: { kind: "desktop", browser: "Firefox 153", system: "Linux" },
    current: true,
  };
  const server = stubServer({
    "GET https://api.example.com/api/activity/": json({ entries: [entry], next: "7" }),
    "GET https://api.example.com/api/activity/?before=7": json({ entries: [], next: null }),
    "GET https://api.example.com/api/activity/?before=%267": problem(400, "bad_request"),
  });
  const { activity } = createAuth({ baseUrl: "https://api.example.com/api/" });
  const first = await activity();
  expect(first.data?.entries).toEqual([entry]);
  const before = first.data?.next ?? undefined;
  expect((await activity({ before })).data).toEqual({ entries: [], next: null });
  expect((await activity({ before: "&7" })).error?.code).toBe("bad_request");
  expect(server.calls).toHaveLength(3);
});

test("reading what happened can be aborted", async () => {
  const stop = new AbortController();
  stubServer({ "GET /api/activity/": () => Promise.reject(stop.signal.reason) });
  stop.abort();
  const reading = auth.activity({}, { signal: stop.signal });
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
});

test("revoking another session leaves this one, revoking this one signs out", async () => {
  const server = stubServer({
    "POST /api/login/": signedIn({}, "token"),
    "DELETE /api/sessions/a%2Fb/": signedIn({}, "token"),
    "DELETE /api/sessions/s1/": anonymous(),
    "POST /api/sessions/revoke-others/": json({ sessions: [] }),
  });
  await auth.login.password(CREDENTIALS);
  await auth.sessions.revoke("a/b");
  expect((await auth.sessions.revokeOthers()).data).toEqual({ sessions: [] });
  expect(auth.get().isAuthenticated).toBe(true);
  expect(server.calls[1]?.headers.get("X-CSRFToken")).toBe("token");
  await auth.sessions.revoke("s1");
  expect(auth.get().status).toBe("anonymous");
});

test("a call can be aborted", async () => {
  const stop = new AbortController();
  stubServer({ "GET /api/whoami/": () => Promise.reject(stop.signal.reason) });
  stop.abort();
  await expect(auth.whoami({ signal: stop.signal })).rejects.toMatchObject({ name: "AbortError" });
});

test("a profile that is saved while nobody is known to be signed in is only an answer", async () => {
  stubServer({
    "GET /api/session/": anonymous(),
    "PATCH /api/profile/": json({ firstName: "Al", lastName: "" }),
  });
  await auth.load();
  expect((await auth.profile.change({ firstName: "Al" })).data?.firstName).toBe("Al");
  expect(auth.get()).toEqual({ status: "anonymous", isAuthenticated: false });
});

test.each(["de", ""])("it speaks the language of the page, if that says one: %j", async (lang) => {
  const server = stubServer({
    "GET /api/session/": anonymous(),
    "POST /api/login/": signedIn({}, "token"),
    "POST /api/login/email/": json({ detail: "sent" }),
    "GET /api/notes/": json([]),
  });
  document.documentElement.lang = lang;
  await auth.load();
  await auth.login.password(CREDENTIALS);
  await auth.login.email({ email: "a@example.com" });
  await auth.fetch("/api/notes/");
  await auth.fetch(new Request(new URL("/api/notes/", location.href)));
  const spoken = server.calls.map(({ headers }) => headers.get("Accept-Language") ?? "");
  expect(spoken).toEqual([lang, lang, lang, lang, lang]);
  await auth.fetch("/api/notes/", { headers: { "Accept-Language": "fr" } });
  expect(server.calls.at(-1)?.headers.get("Accept-Language")).toBe("fr");
  document.documentElement.lang = "";
});
