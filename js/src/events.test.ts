import { beforeEach, expect, test, vi } from "vitest";
import { anonymous, pending, problem, signedIn, stubServer } from "../testing/server.js";
import type { Auth } from "./auth.js";
import { createAuth } from "./client.js";

const SIGN_IN = { login: "alice", password: "correct" };
let auth: Auth;
let heard: string[];

beforeEach(() => {
  auth = createAuth({ baseUrl: "/api/" });
  heard = [];
});

function listen(): void {
  for (const event of ["signedIn", "signedOut", "userChanged", "expired"] as const) {
    auth.on(event, () => heard.push(event));
  }
}

test("what was so from the beginning is no event", async () => {
  stubServer({ "GET /api/session/": signedIn() });
  listen();
  await auth.load();
  await auth.session();
  expect(heard).toEqual([]);
});

test("a sign-in from cold is an event, and the store is right by then", async () => {
  stubServer({ "GET /api/session/": anonymous(), "POST /api/login/": signedIn() });
  const listener = vi.fn(() => expect(auth.get().isAuthenticated).toBe(true));
  auth.on("signedIn", listener);
  await auth.login.password(SIGN_IN);
  expect(listener).toHaveBeenCalledWith(auth.get());
});

test("signing in in two steps is one event", async () => {
  stubServer({
    "GET /api/session/": [anonymous(), signedIn()],
    "POST /api/login/": pending,
  });
  listen();
  await auth.load();
  await auth.login.password(SIGN_IN);
  expect(heard).toEqual([]);
  await auth.session();
  expect(heard).toEqual(["signedIn"]);
});

test("a sign-out is told apart from a session that died", async () => {
  stubServer({
    "GET /api/session/": signedIn(),
    "POST /api/logout/": anonymous(),
    "POST /api/login/": signedIn(),
    "GET /api/whoami/": problem(401, "not_authenticated"),
  });
  listen();
  await auth.load();
  await auth.logout();
  await auth.login.password(SIGN_IN);
  await auth.whoami();
  expect(heard).toEqual(["signedOut", "signedIn", "expired"]);
});

test("an account that its owner deletes is signed out", async () => {
  stubServer({ "GET /api/session/": signedIn(), "POST /api/account/delete/": anonymous() });
  listen();
  await auth.load();
  await auth.account.delete();
  expect(heard).toEqual(["signedOut"]);
});

test("another user in the same browser is a change of the user", async () => {
  stubServer({ "GET /api/session/": [signedIn(), signedIn({ id: "2", username: "bob" })] });
  listen();
  await auth.load();
  await auth.session();
  expect(heard).toEqual(["userChanged"]);
});

test("who stops listening hears no more", async () => {
  stubServer({ "GET /api/session/": anonymous(), "POST /api/login/": signedIn() });
  const listener = vi.fn();
  auth.on("signedIn", listener)();
  await auth.login.password(SIGN_IN);
  expect(listener).not.toHaveBeenCalled();
});
