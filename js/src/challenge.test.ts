import { afterEach, expect, test, vi } from "vitest";
import {
  anonymous,
  held,
  json,
  offline,
  problem,
  type Reply,
  signedIn,
  stubServer,
} from "../testing/server.js";
import { readAnswer } from "./answer.js";
import type { Auth } from "./auth.js";
import { createAuth } from "./client.js";

const PROOF = { password: "correct" };
const POST = { method: "POST", body: '{"text":"x"}' };
const STALE = problem(403, "reauthentication_required", { ways: ["password"] });
const PROVEN = signedIn({}, "rotated");
let auth: Auth;
let leave = () => {};

afterEach(() => leave());

/** A page on which Alice is signed in and a dialog is mounted. */
async function open(routes: Record<string, Reply | Reply[]>) {
  const server = stubServer({
    "GET /api/session/": signedIn({}, "first"),
    "POST /api/reauthenticate/": PROVEN,
    ...routes,
  });
  auth = createAuth({ baseUrl: "/api/" });
  leave = auth.challenge.subscribe(() => {});
  await auth.load();
  return server;
}

const asked = () => vi.waitFor(() => expect(auth.challenge.get()).toBeDefined());
const notes = (init: RequestInit = POST) => auth.fetch("/api/notes/", init);
const codeOf = async (answer: Promise<Response>) => (await readAnswer(await answer)).error?.code;
const sent = (server: ReturnType<typeof stubServer>, path = "/api/notes/") =>
  server.calls.filter(({ key }) => key.endsWith(` ${path}`));

test("what is refused is sent once more after a proof, as it was and with the new token", async () => {
  const server = await open({ "POST /api/notes/": [STALE, json({ id: 1 }, 201)] });
  const answer = notes();
  await asked();
  expect(auth.challenge.get()).toEqual({ ways: ["password"] });
  await auth.reauthenticate.password(PROOF);
  expect((await answer).status).toBe(201);
  expect(auth.challenge.get()).toBeUndefined();
  expect(sent(server).map(({ body }) => body)).toEqual([{ text: "x" }, { text: "x" }]);
  expect(sent(server).map(({ headers }) => headers.get("X-CSRFToken"))).toEqual([
    "first",
    "rotated",
  ]);
});

test("a call of ours waits for a proof too", async () => {
  await open({ "DELETE /api/sessions/x/": [STALE, signedIn()] });
  const answer = auth.sessions.revoke("x");
  await asked();
  await auth.reauthenticate.password(PROOF);
  expect((await answer).error).toBeUndefined();
});

test("what is only read is asked for again too", async () => {
  const server = await open({ "GET /api/notes/": [STALE, json([])] });
  const answer = notes({});
  await asked();
  await auth.reauthenticate.password(PROOF);
  expect((await answer).status).toBe(200);
  expect(sent(server)).toHaveLength(2);
});

test("a request object is sent again with its body", async () => {
  await open({ "POST /api/notes/": [STALE, json({}, 201)] });
  const answer = auth.fetch(new Request(`${location.origin}/api/notes/`, POST));
  await asked();
  await auth.reauthenticate.password(PROOF);
  expect((await answer).status).toBe(201);
});

test("the second refusal is the answer", async () => {
  const server = await open({ "POST /api/notes/": STALE });
  const code = codeOf(notes());
  await asked();
  await auth.reauthenticate.password(PROOF);
  expect(await code).toBe("reauthentication_required");
  expect(auth.challenge.get()).toBeUndefined();
  expect(sent(server)).toHaveLength(2);
});

test("a proof that is refused leaves the challenge open", async () => {
  const server = await open({
    "POST /api/notes/": [STALE, json({}, 201)],
    "POST /api/reauthenticate/": [problem(400, "invalid_credentials"), offline, PROVEN],
  });
  const answer = notes();
  await asked();
  expect((await auth.reauthenticate.password(PROOF)).error?.code).toBe("invalid_credentials");
  await expect(auth.reauthenticate.password(PROOF)).rejects.toMatchObject({ reason: "network" });
  expect(auth.challenge.get()).toBeDefined();
  expect(sent(server)).toHaveLength(1);
  await auth.reauthenticate.password(PROOF);
  expect((await answer).status).toBe(201);
});

test("cancelling makes the refusal the answer", async () => {
  const server = await open({ "POST /api/notes/": STALE });
  const code = codeOf(notes());
  await asked();
  auth.reauthenticate.cancel();
  expect(await code).toBe("reauthentication_required");
  expect(auth.challenge.get()).toBeUndefined();
  expect(sent(server)).toHaveLength(1);
});

test("without anybody who could ask, the refusal is the answer", async () => {
  const server = await open({ "POST /api/notes/": STALE });
  leave();
  expect(await codeOf(notes())).toBe("reauthentication_required");
  expect(sent(server)).toHaveLength(1);
});

test("when nobody is left who could ask, the refusal is the answer", async () => {
  await open({ "POST /api/notes/": STALE });
  const other = auth.challenge.subscribe(() => {});
  const code = codeOf(notes());
  await asked();
  other();
  expect(auth.challenge.get()).toBeDefined();
  leave();
  expect(await code).toBe("reauthentication_required");
});

test("requests that are refused together wait for one proof, and each is sent once more", async () => {
  const server = await open({
    "POST /api/notes/": [STALE, json({}, 201)],
    "GET /api/secrets/": [STALE, json([])],
  });
  const heard = vi.fn();
  auth.challenge.subscribe(heard);
  const answers = Promise.all([notes(), auth.fetch("/api/secrets/")]);
  await asked();
  await vi.waitFor(() => expect(sent(server, "/api/secrets/")).toHaveLength(1));
  await auth.reauthenticate.password(PROOF);
  expect((await answers).map(({ status }) => status)).toEqual([201, 200]);
  expect(sent(server)).toHaveLength(2);
  expect(sent(server, "/api/secrets/")).toHaveLength(2);
  expect(heard).toHaveBeenCalledTimes(2);
});

test("a refusal that was on its way while somebody proved needs no other proof", async () => {
  const late = held(STALE);
  await open({ "POST /api/notes/": [late.reply, json({}, 201)] });
  const answer = notes();
  await auth.reauthenticate.password(PROOF);
  late.release();
  expect((await answer).status).toBe(201);
  expect(auth.challenge.get()).toBeUndefined();
});

test("what is aborted while the proof is asked for rejects, and nobody is asked for it any more", async () => {
  const server = await open({ "POST /api/notes/": STALE, "GET /api/secrets/": STALE });
  const [first, second] = [new AbortController(), new AbortController()];
  const one = notes({ ...POST, signal: first.signal });
  const other = auth.fetch("/api/secrets/", { signal: second.signal });
  await asked();
  await vi.waitFor(() => expect(sent(server, "/api/secrets/")).toHaveLength(1));
  first.abort();
  await expect(one).rejects.toMatchObject({ name: "AbortError" });
  expect(auth.challenge.get()).toBeDefined();
  second.abort();
  await expect(other).rejects.toMatchObject({ name: "AbortError" });
  expect(auth.challenge.get()).toBeUndefined();
});

test("what was aborted before the refusal was read asks nobody", async () => {
  const late = held(STALE);
  await open({ "POST /api/notes/": late.reply });
  const stop = new AbortController();
  const answer = notes({ ...POST, signal: stop.signal });
  stop.abort();
  late.release();
  await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  expect(auth.challenge.get()).toBeUndefined();
});

test("a signal that is aborted later changes nothing", async () => {
  await open({ "POST /api/notes/": [STALE, json({}, 201)] });
  const stop = new AbortController();
  const answer = notes({ ...POST, signal: stop.signal });
  await asked();
  await auth.reauthenticate.password(PROOF);
  stop.abort();
  expect((await answer).status).toBe(201);
});

test.each([
  ["the person signs out", () => auth.logout()],
  ["another person signs in", () => auth.login.password({ login: "bob", password: "correct" })],
  ["the session turns out to have ended", () => auth.fetch("/api/ended/")],
  ["another person turns out to be signed in", () => auth.session()],
  ["the client is disposed of", async () => auth.dispose()],
])("when %s meanwhile, the refusal is the answer", async (_, happen) => {
  const bob = signedIn({ id: "2", username: "bob" }, "of-bob");
  const server = await open({
    "POST /api/notes/": STALE,
    "POST /api/logout/": anonymous(),
    "POST /api/login/": bob,
    "GET /api/ended/": problem(401, "not_authenticated"),
  });
  server.on("GET /api/session/", bob);
  const code = codeOf(notes());
  await asked();
  await happen();
  expect(await code).toBe("reauthentication_required");
  expect(auth.challenge.get()).toBeUndefined();
  expect(sent(server)).toHaveLength(1);
});

test("what one person sent is not sent again after the proof of another", async () => {
  const late = held(STALE);
  const bob = signedIn({ id: "2", username: "bob" }, "of-bob");
  const server = await open({ "POST /api/notes/": late.reply, "POST /api/login/": bob });
  server.on("POST /api/reauthenticate/", bob);
  const code = codeOf(notes());
  await auth.login.password({ login: "bob", password: "correct" });
  await auth.reauthenticate.password(PROOF);
  late.release();
  expect(await code).toBe("reauthentication_required");
  expect(sent(server)).toHaveLength(1);
});

test("a proof by which another person turns out to be there sends nothing again", async () => {
  const server = await open({ "POST /api/notes/": STALE });
  server.on("POST /api/reauthenticate/", signedIn({ id: "2", username: "bob" }, "of-bob"));
  const code = codeOf(notes());
  await asked();
  await auth.reauthenticate.password(PROOF);
  expect(await code).toBe("reauthentication_required");
  expect(sent(server)).toHaveLength(1);
});

test("a stream cannot be sent again, so nobody is asked", async () => {
  await open({ "POST /api/notes/": STALE });
  const body = new ReadableStream();
  expect(await codeOf(notes({ method: "POST", body }))).toBe("reauthentication_required");
});

test.each([
  ["another refusal", problem(403, "not_yours")],
  ["another status", problem(400, "reauthentication_required")],
])("%s asks nobody", async (_, reply) => {
  await open({ "POST /api/notes/": reply });
  await notes();
  expect(auth.challenge.get()).toBeUndefined();
});

test("a refusal that names no ways is a challenge without any", async () => {
  await open({ "POST /api/notes/": problem(403, "reauthentication_required") });
  const code = codeOf(notes());
  await asked();
  expect(auth.challenge.get()).toEqual({ ways: [] });
  auth.reauthenticate.cancel();
  expect(await code).toBe("reauthentication_required");
});

test("a token that another tab renewed meanwhile is renewed here too", async () => {
  const server = await open({
    "POST /api/notes/": [STALE, problem(403, "csrf_failed"), json({}, 201)],
  });
  const answer = notes();
  await asked();
  await auth.reauthenticate.password(PROOF);
  expect((await answer).status).toBe(201);
  expect(sent(server)).toHaveLength(3);
});
