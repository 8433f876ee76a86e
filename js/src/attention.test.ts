import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  anonymous,
  json,
  offline,
  signedIn,
  signedInUntil,
  stubServer,
} from "../testing/server.js";
import type { Auth } from "./auth.js";
import { createAuth } from "./client.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let auth: Auth;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-01-01T10:00:00Z") });
  auth = createAuth({ baseUrl: "/api/" });
});

afterEach(() => {
  auth.dispose();
  vi.useRealTimers();
});

async function start(): Promise<void> {
  auth.subscribe(() => {});
  await auth.load();
}

const settled = () => vi.advanceTimersByTimeAsync(0);
const focus = () => dispatchEvent(new Event("focus"));

test("coming back asks again, at most once a minute", async () => {
  const server = stubServer({ "GET /api/session/": signedIn() });
  await start();
  focus();
  await vi.advanceTimersByTimeAsync(MINUTE);
  focus();
  document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  focus();
  await settled();
  expect(server.calls).toHaveLength(2);
});

test("coming back while an answer is awaited asks nothing more", async () => {
  const server = stubServer({ "GET /api/session/": signedIn() });
  auth.subscribe(() => {});
  focus();
  await settled();
  expect(server.calls).toHaveLength(1);
});

test("a tab that was only hidden asks nothing", async () => {
  const server = stubServer({ "GET /api/session/": signedIn() });
  await start();
  await vi.advanceTimersByTimeAsync(MINUTE);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(server.calls).toHaveLength(1);
});

test("being online again makes up for the try that failed", async () => {
  const server = stubServer({ "GET /api/session/": [signedIn(), offline, anonymous()] });
  await start();
  await vi.advanceTimersByTimeAsync(MINUTE);
  focus();
  await settled();
  expect(auth.get().isAuthenticated).toBe(true);
  focus();
  await settled();
  expect(server.calls).toHaveLength(2);
  dispatchEvent(new Event("online"));
  await settled();
  expect(auth.get().status).toBe("anonymous");
  dispatchEvent(new Event("online"));
  expect(server.calls).toHaveLength(3);
});

test("a boot that failed is made up for when the network is back", async () => {
  stubServer({ "GET /api/session/": [offline, signedIn()] });
  await start().catch(() => {});
  expect(auth.get().status).toBe("unavailable");
  dispatchEvent(new Event("online"));
  await settled();
  expect(auth.get().status).toBe("authenticated");
});

test("the known end is noticed without a click", async () => {
  const server = stubServer({ "GET /api/session/": [signedInUntil(DAY), anonymous()] });
  await start();
  const expired = vi.fn();
  auth.on("expired", expired);
  await vi.advanceTimersByTimeAsync(DAY - 1);
  expect(server.calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(auth.get().status).toBe("anonymous");
  expect(expired).toHaveBeenCalledTimes(1);
});

test("a session that was used elsewhere goes on past the end that was known here", async () => {
  stubServer({ "GET /api/session/": [signedInUntil(DAY), signedInUntil(2 * DAY), anonymous()] });
  await start();
  await vi.advanceTimersByTimeAsync(DAY);
  expect(auth.get().isAuthenticated).toBe(true);
  await vi.advanceTimersByTimeAsync(2 * DAY);
  expect(auth.get().status).toBe("anonymous");
});

test("the known end counts where the server cannot be asked", async () => {
  stubServer({ "GET /api/session/": [signedInUntil(DAY), offline] });
  await start();
  await vi.advanceTimersByTimeAsync(DAY);
  expect(auth.get().status).toBe("anonymous");
});

test("an end that is further away than a timer reaches comes at its time", async () => {
  const server = stubServer({ "GET /api/session/": [signedInUntil(90 * DAY), anonymous()] });
  await start();
  await vi.advanceTimersByTimeAsync(90 * DAY - 1);
  expect(server.calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(auth.get().status).toBe("anonymous");
});

test("a machine that slept past the end asks when it is looked at", async () => {
  stubServer({ "GET /api/session/": [signedInUntil(DAY), anonymous()] });
  await start();
  vi.setSystemTime(Date.now() + 2 * DAY);
  focus();
  await settled();
  expect(auth.get().status).toBe("anonymous");
});

test("a session without a known end has no timer", async () => {
  const unknown = { expiresAt: null, lastSeenAt: null, id: null, createdAt: null };
  const session = { ...unknown, authenticatedAt: null, proofs: [] };
  const state = { status: "authenticated", isAuthenticated: true, user: { id: "1" }, session };
  const server = stubServer({ "GET /api/session/": json({ ...state, csrfToken: "x" }) });
  await start();
  await vi.advanceTimersByTimeAsync(400 * DAY);
  expect(server.calls).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("nobody who listens, nothing that runs", async () => {
  const server = stubServer({ "GET /api/session/": signedInUntil(DAY) });
  const leave = auth.subscribe(() => {});
  await auth.load();
  leave();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(2 * DAY);
  focus();
  expect(server.calls).toHaveLength(1);
});

test("what is disposed of neither listens, nor asks, nor changes", async () => {
  const server = stubServer({
    "GET /api/session/": signedInUntil(DAY),
    "POST /api/logout/": anonymous(),
  });
  await start();
  const listener = vi.fn();
  auth.subscribe(listener);
  auth.dispose();
  expect(vi.getTimerCount()).toBe(0);
  await auth.logout();
  auth.subscribe(listener)();
  await vi.advanceTimersByTimeAsync(2 * DAY);
  focus();
  expect(listener).not.toHaveBeenCalled();
  expect(auth.get().isAuthenticated).toBe(true);
  expect(server.keys()).toEqual(["GET /api/session/", "POST /api/logout/"]);
});
