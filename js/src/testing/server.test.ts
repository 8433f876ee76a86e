import { readFileSync } from "node:fs";
import { join } from "node:path";
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Auth } from "../auth.js";
import { createAuth } from "../client.js";
import { createFakeServer } from "./index.js";

const PASSWORD = "correct-horse";
const fake = createFakeServer({
  people: [
    { username: "ada", email: "ada@example.com", password: PASSWORD, firstName: "Ada" },
    { username: "bob", password: PASSWORD, next: ["totp"] },
    { username: "eve" },
  ],
  config: { profile: { fields: ["firstName", "lastName", "username"] } },
});
const server = setupServer(...fake.handlers(http));
let auth: Auth;

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
beforeEach(() => {
  auth = createAuth({ baseUrl: "/api/" });
});
afterEach(() => {
  server.resetHandlers();
  fake.reset();
});

test.each([
  { login: "ada" },
  { login: "ada@example.com" },
  { username: "ada" },
  { email: "ada@example.com" },
])("people sign in by %j", async (who) => {
  await auth.load();
  expect(auth.get().status).toBe("anonymous");
  const { data } = await auth.login.password({ ...who, password: PASSWORD });
  expect(data?.status).toBe("authenticated");
  expect((await auth.whoami()).data).toMatchObject({ id: "1", firstName: "Ada", lastName: "" });
});

test.each([
  { login: "ada", password: "wrong" },
  { login: "nobody", password: PASSWORD },
  { login: "eve", password: "" },
])("%j does not sign in", async (body) => {
  const { error } = await auth.login.password(body);
  expect(error?.code).toBe("invalid_credentials");
});

test("a body that says nobody is not valid", async () => {
  const init = { method: "POST", body: "{}" };
  expect((await fetch("/api/login/", init)).status).toBe(400);
  const { code } = await (await fetch("/api/login", init)).json();
  expect(code).toBe("invalid_body");
});

test("a second step leaves the sign-in pending", async () => {
  const { data } = await auth.login.password({ login: "bob", password: PASSWORD });
  expect(data).toEqual({ status: "pending", isAuthenticated: false, next: ["totp"] });
  expect((await auth.whoami()).error?.code).toBe("not_authenticated");
});

test("people sign out", async () => {
  fake.signIn("ada");
  await auth.load();
  await auth.logout();
  expect(fake.state().status).toBe("anonymous");
});

test("a session ends elsewhere", async () => {
  fake.signIn("ada");
  await auth.load();
  fake.expire();
  expect((await auth.whoami()).error?.code).toBe("not_authenticated");
  expect(auth.get().status).toBe("anonymous");
});

test("the token changes with who is signed in, and is asked for", async () => {
  const anybodys = await (await fetch("/api/csrf/")).json();
  fake.signIn("ada@example.com");
  const headers = { "X-CSRFToken": anybodys.csrfToken };
  const refused = await fetch("/api/logout/", { method: "POST", headers });
  expect(refused.status).toBe(403);
  expect((await refused.json()).code).toBe("csrf_failed");
  expect((await auth.logout()).data?.status).toBe("anonymous");
});

test("what needs no token is what the contract says", async () => {
  type Operation = { responses: Record<string, object> };
  const file = join(import.meta.dirname, "../../../openapi/v1.json");
  const { paths } = JSON.parse(readFileSync(file, "utf8"));
  fake.signIn("ada");
  for (const [path, methods] of Object.entries<Record<string, Operation>>(paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      const key = `${method.toUpperCase()} ${path}`;
      const asks = JSON.stringify(responses["403"] ?? "").includes("csrf_failed");
      Reflect.apply(fake.answer, undefined, [key, {}]);
      const url = `/api${path.replace(/\{\w+\}/, "x")}`;
      const response = await fetch(url, { method: method.toUpperCase() });
      expect(response.status, key).toBe(asks ? 403 : 200);
    }
  }
});

test("people change who they are", async () => {
  fake.signIn("ada");
  await auth.load();
  expect((await auth.profile.change({ lastName: "Lovelace" })).error).toBeUndefined();
  const expected = { firstName: "Ada", lastName: "Lovelace", username: "ada" };
  expect((await auth.profile.get()).data).toEqual(expected);
});

test("people see and end their sessions", async () => {
  fake.signIn("ada");
  await auth.load();
  const before = (await auth.sessions.list()).data?.sessions ?? [];
  expect(before.map(({ current }) => current)).toEqual([true, false]);
  expect((await auth.sessions.revoke("none")).error?.code).toBe("not_found");
  expect((await auth.sessions.revoke(String(before[1]?.id))).data?.isAuthenticated).toBe(true);
  expect((await auth.sessions.revokeOthers()).data?.sessions).toHaveLength(1);
  expect((await auth.sessions.revoke(String(before[0]?.id))).data?.isAuthenticated).toBe(false);
});

test("people change their passwords", async () => {
  fake.signIn("ada");
  await auth.load();
  const wrong = { currentPassword: "wrong", newPassword: "better-horse" };
  expect((await auth.password.change(wrong)).error?.code).toBe("invalid_credentials");
  const right = { ...wrong, currentPassword: PASSWORD };
  expect((await auth.password.change(right)).error).toBeUndefined();
  await auth.logout();
  const again = await auth.login.password({ login: "ada", password: "better-horse" });
  expect(again.error).toBeUndefined();
});

test("what asks for a fresh proof goes on with one", async () => {
  fake.signIn("ada", { fresh: false });
  await auth.load();
  const asked = vi.fn();
  const forget = auth.challenge.subscribe(asked);
  const deleted = auth.account.delete();
  await vi.waitFor(() => expect(auth.challenge.get()?.ways).toEqual(["password"]));
  const wrong = await auth.reauthenticate.password({ password: "wrong" });
  expect(wrong.error?.code).toBe("invalid_credentials");
  await auth.reauthenticate.password({ password: PASSWORD });
  expect((await deleted).data?.status).toBe("anonymous");
  forget();
  const gone = await auth.login.password({ login: "ada", password: PASSWORD });
  expect(gone.error?.code).toBe("invalid_credentials");
});

test("proofs grow old", async () => {
  fake.ageProofs();
  fake.signIn("ada");
  fake.ageProofs();
  await auth.load();
  expect((await auth.account.delete()).error?.code).toBe("reauthentication_required");
});

test("an operation is refused once, or as often as said", async () => {
  const problem = { status: 429, code: "rate_limited", retryAfter: 30 } as const;
  fake.refuse("POST /login/", problem);
  const body = { login: "ada", password: PASSWORD };
  const { error } = await auth.login.password(body);
  expect(error).toMatchObject({ code: "rate_limited", retryAfter: 30 });
  expect((await auth.login.password(body)).error).toBeUndefined();
  fake.refuse("POST /login/", { ...problem, detail: "Wait." }, { times: 2 });
  for (const expected of ["Wait.", "Wait.", undefined]) {
    expect((await auth.login.password(body)).error?.detail).toBe(expected);
  }
});

test("an operation is answered as the test says", async () => {
  fake.signIn("ada");
  await auth.load();
  fake.answer("GET /activity/", { entries: [], next: null });
  expect((await auth.activity()).data).toEqual({ entries: [], next: null });
});

test("what is offered is the installation's", async () => {
  const { data } = await auth.config();
  expect(data?.profile.fields).toContain("username");
  expect(data?.signup.open).toBe(true);
});

test("what is not served is for the next handler", async () => {
  server.use(http.get("*/api/notes/", () => Response.json([])));
  expect(await (await auth.fetch("/api/notes/")).json()).toEqual([]);
  expect(await fake.respond(new Request("https://other.example/api/session/"))).toBeUndefined();
  const outside = new URL("/notes/", location.href);
  expect(await fake.respond(new Request(outside))).toBeUndefined();
});

test("nobody unknown is signed in", () => {
  expect(() => fake.signIn("mallory")).toThrow("knows nobody called mallory");
});

test("without a page it is localhost", async () => {
  vi.stubGlobal("location", undefined);
  const request = new Request("http://localhost/api/session/");
  expect((await createFakeServer().respond(request))?.status).toBe(200);
});
