import { beforeEach, expect, test, vi } from "vitest";
import {
  anonymous,
  empty,
  held,
  html,
  json,
  offline,
  problem,
  signedIn,
  stubServer,
} from "../testing/server.js";
import { readAnswer } from "./answer.js";
import type { Auth } from "./auth.js";
import { createAuth } from "./client.js";

const SIGN_IN = { login: "alice", password: "correct" };
const POST = { method: "POST", body: "{}" };
const fresh = anonymous("fresh");
let auth: Auth;

beforeEach(() => {
  auth = createAuth({ baseUrl: "/api/" });
});

const tokens = (server: ReturnType<typeof stubServer>) =>
  server.calls.map(({ headers }) => headers.get("X-CSRFToken"));

test("a safe request carries no token and renews none", async () => {
  const server = stubServer({ "GET /api/notes/": json([]) });
  const response = await auth.fetch("/api/notes/");
  expect(await response.json()).toEqual([]);
  expect(tokens(server)).toEqual([null]);
});

test("an unsafe request carries the token of the last answer", async () => {
  const server = stubServer({
    "POST /api/login/": signedIn({}, "rotated"),
    "POST /api/notes/": json({}, 201),
  });
  await auth.login.password(SIGN_IN);
  await auth.fetch("/api/notes/", { ...POST, headers: { "X-Other": "kept" } });
  expect(tokens(server)).toEqual([null, "rotated"]);
  expect(server.calls[1]?.headers.get("X-Other")).toBe("kept");
});

test("without a token one is fetched first", async () => {
  const server = stubServer({ "GET /api/session/": fresh, "POST /api/notes/": json({}, 201) });
  await auth.fetch("/api/notes/", POST);
  expect(server.keys()).toEqual(["GET /api/session/", "POST /api/notes/"]);
  expect(tokens(server)).toEqual([null, "fresh"]);
});

test("requests that need a token together fetch one", async () => {
  const server = stubServer({ "GET /api/session/": fresh, "POST /api/notes/": json({}, 201) });
  await Promise.all([auth.fetch("/api/notes/", POST), auth.fetch("/api/notes/", POST)]);
  expect(server.keys().filter((key) => key === "GET /api/session/")).toHaveLength(1);
});

test("a refused token is renewed and the request replayed", async () => {
  const server = stubServer({
    "POST /api/login/": signedIn({}, "stale"),
    "GET /api/session/": signedIn({}, "fresh"),
    "POST /api/notes/": [problem(403, "csrf_failed"), json({ id: 1 }, 201)],
  });
  await auth.login.password(SIGN_IN);
  const response = await auth.fetch("/api/notes/", { method: "POST", body: '{"text":"x"}' });
  expect(response.status).toBe(201);
  expect(tokens(server)).toEqual([null, "stale", null, "fresh"]);
  expect(server.calls[3]?.body).toEqual({ text: "x" });
});

test("what one person sent is not sent again in the name of another", async () => {
  const server = stubServer({
    "POST /api/login/": signedIn({}, "stale"),
    "GET /api/session/": signedIn({ id: "2", username: "bob" }, "of-bob"),
    "POST /api/notes/": problem(403, "csrf_failed"),
  });
  await auth.login.password(SIGN_IN);
  const { error } = await readAnswer(await auth.fetch("/api/notes/", POST));
  expect(error?.code).toBe("csrf_failed");
  expect(tokens(server)).toEqual([null, "stale", null]);
  expect(auth.get()).toMatchObject({ user: { username: "bob" } });
});

test("what was refused after another person signed in is not sent again either", async () => {
  const late = held(problem(403, "csrf_failed"));
  const server = stubServer({
    "POST /api/login/": [signedIn(), signedIn({ id: "2", username: "bob" }, "of-bob")],
    "POST /api/notes/": late.reply,
  });
  await auth.login.password(SIGN_IN);
  const answer = auth.fetch("/api/notes/", POST);
  await auth.login.password({ login: "bob", password: "correct" });
  late.release();
  expect((await answer).status).toBe(403);
  expect(server.keys().filter((key) => key === "POST /api/notes/")).toHaveLength(1);
});

test("a request object is sent with its own body and headers, and replayed", async () => {
  const sent: Request[] = [];
  const replies = [problem(403, "csrf_failed"), json({ id: 1 }, 201)];
  stubServer({ "GET /api/session/": fresh });
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (input: Request | URL, init?: RequestInit) => {
    if (!(input instanceof Request)) return fetch(input, init);
    sent.push(input);
    return replies.shift()?.();
  });
  await auth.load();
  const body = '{"text":"x"}';
  const headers = { "X-Other": "kept" };
  const request = new Request(`${location.origin}/api/notes/`, { ...POST, body, headers });
  expect((await auth.fetch(request)).status).toBe(201);
  expect(sent).toHaveLength(2);
  expect(await Promise.all(sent.map((each) => each.text()))).toEqual([body, body]);
  expect(sent[1]?.headers.get("X-CSRFToken")).toBe("fresh");
  expect(sent[1]?.headers.get("X-Other")).toBe("kept");
  expect(sent[1]?.credentials).toBe("same-origin");
});

test("a request object to the API of another origin carries the cookies", async () => {
  const elsewhere = createAuth({ baseUrl: "https://api.example.org/api/" });
  const fetch = vi.fn((_: Request) => Promise.resolve(json([])()));
  vi.stubGlobal("fetch", fetch);
  await elsewhere.fetch(new Request("https://api.example.org/api/notes/"));
  expect(fetch.mock.calls[0]?.[0].credentials).toBe("include");
});

test("a request object that is aborted is not an outage", async () => {
  const fetch = (request: Request) => Promise.reject(request.signal.reason);
  vi.stubGlobal("fetch", fetch);
  const request = new Request(`${location.origin}/api/notes/`, { signal: stopped() });
  await expect(auth.fetch(request)).rejects.toMatchObject({ name: "AbortError" });
});

test("a stream is not replayed, because it is gone", async () => {
  const server = stubServer({
    "GET /api/session/": fresh,
    "POST /api/notes/": problem(403, "csrf_failed"),
  });
  await auth.load();
  const response = await auth.fetch("/api/notes/", { method: "POST", body: new ReadableStream() });
  expect(response.status).toBe(403);
  expect(server.calls).toHaveLength(2);
});

test("a server error reaches the caller as it is, as from fetch", async () => {
  stubServer({ "GET /api/notes/": html(502) });
  const response = await auth.fetch("/api/notes/");
  expect(response.status).toBe(502);
  await expect(readAnswer(response)).rejects.toMatchObject({ name: "Outage", reason: "server" });
});

test("twenty requests that find the session dead end it once", async () => {
  const server = stubServer({
    "POST /api/login/": signedIn(),
    "GET /api/notes/": problem(401, "not_authenticated"),
  });
  await auth.login.password(SIGN_IN);
  const changed = vi.fn();
  const expired = vi.fn();
  auth.subscribe(changed);
  auth.on("expired", expired);
  await Promise.all(Array.from({ length: 20 }, () => auth.fetch("/api/notes/")));
  expect(changed).toHaveBeenCalledTimes(1);
  expect(expired).toHaveBeenCalledTimes(1);
  expect(server.keys().filter((key) => key !== "GET /api/notes/")).toEqual(["POST /api/login/"]);
});

test("a token that is refused twice is not renewed a third time", async () => {
  const server = stubServer({
    "GET /api/session/": fresh,
    "POST /api/notes/": problem(403, "csrf_failed"),
  });
  await auth.load();
  const { error } = await readAnswer(await auth.fetch("/api/notes/", POST));
  expect(error?.code).toBe("csrf_failed");
  expect(server.keys().filter((key) => key === "POST /api/notes/")).toHaveLength(2);
});

test.each([
  ["another refusal", problem(403, "not_yours")],
  ["a page of HTML", html(403)],
])("%s with 403 is not replayed", async (_, reply) => {
  const server = stubServer({ "GET /api/session/": fresh, "POST /api/notes/": reply });
  const response = await auth.fetch("/api/notes/", POST);
  expect(response.status).toBe(403);
  expect(server.calls).toHaveLength(2);
});

test.each([
  ["a refusal", problem(400, "cookie_ambiguous")],
  ["a page of HTML", html(200)],
])("a renewal that gets %s is an outage", async (_, reply) => {
  stubServer({ "GET /api/session/": reply });
  await expect(auth.fetch("/api/notes/", POST)).rejects.toMatchObject({ reason: "unreadable" });
});

test("the token never goes to another site", async () => {
  const server = stubServer({
    "GET /api/session/": anonymous("secret"),
    "POST https://example.org/hook": json({}),
    "GET https://example.org/": problem(401, "not_authenticated"),
  });
  await auth.load();
  await auth.fetch("https://example.org/hook", POST);
  expect(tokens(server)).toEqual([null, null]);
});

test("cookies go to our own origin, and to the API's where that is another one", async () => {
  const elsewhere = createAuth({ baseUrl: "https://api.example.org/api/" });
  const server = stubServer({
    "GET /api/session/": anonymous(),
    "GET https://api.example.org/api/session/": anonymous("theirs"),
    "POST https://api.example.org/api/notes/": json({}, 201),
    "POST /api/notes/": json({}, 201),
  });
  await auth.load();
  await elsewhere.load();
  await elsewhere.fetch("https://api.example.org/api/notes/", POST);
  await elsewhere.fetch("/api/notes/", POST);
  const sent = server.calls.map(({ credentials }) => credentials);
  expect(sent).toEqual(["same-origin", "include", "include", undefined]);
  expect(tokens(server)).toEqual([null, null, "theirs", null]);
});

test("a caller may ask without cookies", async () => {
  const server = stubServer({ "GET /api/notes/": json([]) });
  await auth.fetch("/api/notes/", { credentials: "omit" });
  expect(server.calls[0]?.credentials).toBe("omit");
});

test("a dead session ends the state, and the answer still reaches the caller", async () => {
  stubServer({
    "POST /api/login/": signedIn(),
    "GET /api/notes/": problem(401, "not_authenticated"),
  });
  await auth.login.password(SIGN_IN);
  const { error } = await readAnswer(await auth.fetch("/api/notes/"));
  expect(error?.code).toBe("not_authenticated");
  expect(auth.get()).toEqual({ status: "anonymous", isAuthenticated: false });
});

test.each([
  ["with another code", problem(401, "wrong_api_key")],
  ["without a code", json({ detail: "no" }, 401)],
  ["with a broken document", () => broken("{")],
  ["with a document that is no problem", () => broken("null")],
])("a 401 %s leaves the state alone", async (_, reply) => {
  stubServer({ "POST /api/login/": signedIn(), "GET /api/notes/": reply });
  await auth.login.password(SIGN_IN);
  const before = auth.get();
  expect((await auth.fetch("/api/notes/")).status).toBe(401);
  expect(auth.get()).toBe(before);
});

test("a 401 for a signed-out visitor is no news", async () => {
  stubServer({
    "GET /api/session/": anonymous(),
    "GET /api/notes/": problem(401, "not_authenticated"),
  });
  await auth.load();
  const before = auth.get();
  await auth.fetch("/api/notes/");
  expect(auth.get()).toBe(before);
});

test("a 401 that was sent before the sign-in does not end it", async () => {
  const slow = held(problem(401, "not_authenticated"));
  stubServer({ "GET /api/notes/": slow.reply, "POST /api/login/": signedIn() });
  const notes = auth.fetch("/api/notes/");
  await auth.login.password(SIGN_IN);
  slow.release();
  await notes;
  expect(auth.get().isAuthenticated).toBe(true);
});

test("no connection is an outage with its cause", async () => {
  stubServer({ "GET /api/notes/": offline });
  await expect(auth.fetch("/api/notes/")).rejects.toMatchObject({
    name: "Outage",
    reason: "network",
    cause: expect.any(TypeError),
  });
});

test("an aborted request is not an outage", async () => {
  const stop = new AbortController();
  stubServer({ "GET /api/notes/": () => Promise.reject(stop.signal.reason) });
  stop.abort();
  await expect(auth.fetch("/api/notes/", { signal: stop.signal })).rejects.toMatchObject({
    name: "AbortError",
  });
});

function broken(body: string): Response {
  const headers = { "Content-Type": "application/problem+json" };
  return new Response(body, { status: 401, headers });
}

// Of the environment in which requests are made: jsdom's own signals are not those of fetch.
function stopped(): AbortSignal {
  return AbortSignal.abort(new DOMException("Stopped", "AbortError"));
}

test("an answer without content is data that is nothing", async () => {
  stubServer({ "GET /api/notes/": empty });
  const answer = await readAnswer(await auth.fetch("/api/notes/"));
  expect(answer).toEqual({ data: undefined, error: undefined });
});
