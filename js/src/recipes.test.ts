import { QueryClient } from "@tanstack/react-query";
import axios from "axios";
import { beforeEach, expect, test, vi } from "vitest";
import { anonymous, json, offline, problem, signedIn, stubServer } from "../testing/server.js";
import type { Auth } from "./auth.js";
import { createAuth } from "./client.js";
import { Outage } from "./outage.js";

// What docs/client.md recommends, with the real libraries.
let auth: Auth;

beforeEach(() => {
  auth = createAuth({ baseUrl: "/api/" });
});

const axiosOn = (client: Auth) =>
  axios.create({
    baseURL: `${location.origin}/api/`,
    adapter: "fetch",
    env: { fetch: client.fetch },
  });

test("axios sends the token, and it is renewed once", async () => {
  const server = stubServer({
    "POST /api/login/": signedIn({}, "stale"),
    "GET /api/session/": signedIn({}, "fresh"),
    "POST /api/notes/": [problem(403, "csrf_failed"), json({ id: 1 }, 201)],
  });
  await auth.login.password({ login: "alice", password: "x" });
  const { data } = await axiosOn(auth).post("notes/", { text: "x" });
  expect(data).toEqual({ id: 1 });
  const tokens = server.calls.map(({ headers }) => headers.get("X-CSRFToken"));
  expect(tokens).toEqual([null, "stale", null, "fresh"]);
});

test("axios that finds the session dead ends it, and rejects as always", async () => {
  stubServer({
    "POST /api/login/": signedIn(),
    "GET /api/notes/": problem(401, "not_authenticated"),
  });
  await auth.login.password({ login: "alice", password: "x" });
  await expect(axiosOn(auth).get("notes/")).rejects.toMatchObject({ status: 401 });
  expect(auth.get().status).toBe("anonymous");
});

test("axios without a network rejects as always", async () => {
  stubServer({ "GET /api/notes/": offline });
  await expect(axiosOn(auth).get("notes/")).rejects.toThrow();
});

test("a query client forgets what belonged to the last user", async () => {
  stubServer({
    "GET /api/session/": signedIn(),
    "GET /api/notes/": json(["Secret"]),
    "POST /api/logout/": anonymous(),
  });
  const queryClient = new QueryClient();
  for (const event of ["signedOut", "userChanged", "expired"] as const) {
    auth.on(event, () => queryClient.clear());
  }
  await auth.load();
  const queryFn = async () => (await auth.fetch("/api/notes/")).json();
  await queryClient.fetchQuery({ queryKey: ["notes"], queryFn });
  expect(queryClient.getQueryData(["notes"])).toEqual(["Secret"]);
  await auth.logout();
  expect(queryClient.getQueryData(["notes"])).toBeUndefined();
});

test("a query is retried after an outage alone", async () => {
  const server = stubServer({ "GET /api/notes/": [offline, problem(403, "not_yours")] });
  const queryFn = vi.fn(async () => {
    const response = await auth.fetch("/api/notes/");
    if (!response.ok) throw new Error("refused");
    return response.json();
  });
  const retry = (count: number, error: Error) => error instanceof Outage && count < 3;
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry, retryDelay: 0 } } });
  await expect(queryClient.fetchQuery({ queryKey: ["notes"], queryFn })).rejects.toThrow("refused");
  expect(server.calls).toHaveLength(2);
});
