import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Channel } from "../testing/channels.js";
import {
  anonymous,
  held,
  json,
  offline,
  problem,
  signedIn,
  stubServer,
} from "../testing/server.js";
import { createAuth } from "./client.js";

const SIGN_IN = { login: "alice", password: "correct" };

beforeEach(() => {
  Channel.reset();
  vi.stubGlobal("BroadcastChannel", Channel);
});

const leaving: (() => void)[] = [];
afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
});

async function openTab() {
  const auth = createAuth({ baseUrl: "/api/" });
  leaving.push(auth.subscribe(() => {}));
  await auth.load();
  return auth;
}

test("a sign-out in one tab signs out the others", async () => {
  const server = stubServer({
    "GET /api/session/": signedIn(),
    "POST /api/logout/": anonymous(),
  });
  const here = await openTab();
  const there = await openTab();
  server.on("GET /api/session/", anonymous());
  await here.logout();
  await vi.waitFor(() => expect(there.get().status).toBe("anonymous"));
  expect(server.keys().filter((key) => key === "GET /api/session/")).toHaveLength(3);
});

test("the other tabs hear that something changed, never what", async () => {
  stubServer({ "GET /api/session/": anonymous(), "POST /api/login/": signedIn() });
  const here = await openTab();
  await here.login.password(SIGN_IN);
  expect(Channel.sent).toEqual(["signedIn"]);
});

test("a session that died is told to the other tabs, once", async () => {
  stubServer({
    "GET /api/session/": [signedIn(), signedIn(), anonymous()],
    "GET /api/notes/": problem(401, "not_authenticated"),
  });
  const here = await openTab();
  const there = await openTab();
  await here.fetch("/api/notes/");
  await vi.waitFor(() => expect(there.get().status).toBe("anonymous"));
  expect(Channel.sent).toEqual(["expired"]);
});

test("a message during the boot asks again, and only the later answer counts", async () => {
  const first = held(signedIn());
  const second = held(anonymous());
  stubServer({ "GET /api/session/": [first.reply, second.reply] });
  const auth = createAuth({ baseUrl: "/api/" });
  leaving.push(auth.subscribe(() => {}));
  const boot = auth.load();
  new Channel("spa-auth:/api/").postMessage("updated");
  second.release();
  expect((await auth.load()).status).toBe("anonymous");
  first.release();
  await boot;
  expect(auth.get().status).toBe("anonymous");
});

test("a profile that was saved during a read is not undone by it", async () => {
  const read = held(signedIn());
  const saved = { firstName: "Al", lastName: "Liddell" };
  const server = stubServer({
    "GET /api/session/": [signedIn(), read.reply, signedIn(saved)],
    "PATCH /api/profile/": json(saved),
  });
  const auth = await openTab();
  new Channel("spa-auth:/api/").postMessage("updated");
  await auth.profile.change({ firstName: "Al" });
  read.release();
  await auth.load();
  expect(auth.get()).toMatchObject({ user: saved });
  expect(server.keys().filter((key) => key === "GET /api/session/")).toHaveLength(3);
});

test("messages of others are ignored", async () => {
  const server = stubServer({ "GET /api/session/": anonymous() });
  await openTab();
  const stranger = new Channel("spa-auth:/api/");
  for (const message of ["", "changed", 7, null, ["signedOut"], { type: "signedOut" }]) {
    stranger.postMessage(message);
  }
  expect(server.calls).toHaveLength(1);
});

test("a read that fails after a message keeps what was known", async () => {
  const server = stubServer({ "GET /api/session/": [signedIn(), offline] });
  const auth = await openTab();
  new Channel("spa-auth:/api/").postMessage("updated");
  await vi.waitFor(() => expect(server.calls).toHaveLength(2));
  await auth.load().catch(() => {});
  expect(auth.get().isAuthenticated).toBe(true);
});

test("a sign-out that another tab tells of counts, also where the server cannot be asked", async () => {
  stubServer({ "GET /api/session/": [signedIn(), offline] });
  const auth = await openTab();
  const signedOut = vi.fn();
  auth.on("signedOut", signedOut);
  new Channel("spa-auth:/api/").postMessage("signedOut");
  await vi.waitFor(() => expect(auth.get().status).toBe("anonymous"));
  expect(signedOut).toHaveBeenCalledTimes(1);
});

test("an old message does not end a session that began after it", async () => {
  stubServer({ "GET /api/session/": [anonymous(), signedIn()] });
  const auth = await openTab();
  new Channel("spa-auth:/api/").postMessage("signedOut");
  await vi.waitFor(() => expect(auth.get().status).toBe("authenticated"));
});

test("a sign-in during a read that fails is not undone by it", async () => {
  const read = held(offline);
  stubServer({ "GET /api/session/": [signedIn(), read.reply], "POST /api/login/": signedIn() });
  const auth = await openTab();
  new Channel("spa-auth:/api/").postMessage("expired");
  const asked = auth.load();
  await auth.login.password(SIGN_IN);
  read.release();
  await asked.catch(() => {});
  expect(auth.get().isAuthenticated).toBe(true);
});

test("the last consumer to leave closes the channel", async () => {
  stubServer({ "GET /api/session/": anonymous() });
  const auth = createAuth({ baseUrl: "/api/" });
  const leave = [auth.subscribe(() => {}), auth.subscribe(() => {})];
  leave[0]?.();
  expect(Channel.open.size).toBe(1);
  leave[1]?.();
  expect(Channel.open.size).toBe(0);
  await auth.load();
});

test("a browser without channels signs in all the same", async () => {
  vi.stubGlobal("BroadcastChannel", undefined);
  stubServer({ "GET /api/session/": anonymous(), "POST /api/login/": signedIn() });
  const auth = await openTab();
  await auth.login.password(SIGN_IN);
  expect(auth.get().isAuthenticated).toBe(true);
});

test("a page from the back/forward cache shows nothing until the server has answered", async () => {
  stubServer({ "GET /api/session/": [signedIn(), anonymous()] });
  const auth = await openTab();
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  expect(auth.get().status).toBe("loading");
  await vi.waitFor(() => expect(auth.get().status).toBe("anonymous"));
});

test("a page from the back/forward cache that cannot ask says so", async () => {
  stubServer({ "GET /api/session/": [signedIn(), offline] });
  const auth = await openTab();
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  await vi.waitFor(() => expect(auth.get().status).toBe("unavailable"));
});

test("an ordinary load of the page asks nothing again", async () => {
  const server = stubServer({ "GET /api/session/": signedIn() });
  await openTab();
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
  expect(server.calls).toHaveLength(1);
});
