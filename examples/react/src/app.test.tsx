import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "./testing/open-app";
import { anonymous, html, json, offline, problem, signedIn, stubServer } from "./testing/server";

const HOME = {
  "GET /api/hello/": json({ message: "Hello alice" }),
  "GET /api/stats/": json({ notes: 2, memberSince: "2025-03-14T12:00:00Z" }),
};
const IN = { ...HOME, "GET /api/session/": signedIn() };
const main = () => screen.getByRole("main");
const signOut = () => screen.findByRole("button", { name: "Sign out" });

test("the home page is open to everybody, for one request", async () => {
  const server = stubServer({ "GET /api/session/": anonymous() });
  await openApp("/");
  expect(await screen.findByText("Nobody is signed in")).toBeTruthy();
  expect(document.title).toBe("Home - django-spa-auth");
  expect(server.keys()).toEqual(["GET /api/session/"]);
});

test("a signed-in visitor is greeted and sees the numbers", async () => {
  stubServer(IN);
  await openApp("/");
  expect(await screen.findByText("Hello alice")).toBeTruthy();
  expect(await screen.findByText("March 14, 2025")).toBeTruthy();
});

test("numbers that cannot be read can be tried again", async () => {
  stubServer({ ...IN, "GET /api/stats/": [html(502), html(502), HOME["GET /api/stats/"]] });
  const user = await openApp("/");
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await screen.findByText("March 14, 2025")).toBeTruthy();
});

test("an answer that makes no sense is called so", async () => {
  stubServer({ ...IN, "GET /api/stats/": html(200) });
  await openApp("/");
  expect((await screen.findByRole("alert")).textContent).toContain("makes no sense");
});

test("after a sign-out the page shows nothing of the visitor", async () => {
  stubServer({ ...IN, "POST /api/logout/": anonymous() });
  const user = await openApp("/");
  await user.click(await signOut());
  expect(await screen.findByText("Nobody is signed in")).toBeTruthy();
  expect(main().textContent).not.toContain("alice");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("You are signed out."));
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
});

test("after a sign-out Back shows no data", async () => {
  stubServer({
    ...IN,
    "GET /api/notes/": json([{ id: 1, text: "Secret", createdAt: "2026-01-01T10:00:00Z" }]),
    "POST /api/logout/": anonymous(),
  });
  const user = await openApp("/notes");
  await screen.findByText("Secret");
  await user.click(screen.getByRole("link", { name: "Home" }));
  await screen.findByText("Hello alice");
  await user.click(await signOut());
  await screen.findByText("Nobody is signed in");
  history.back();
  await screen.findByRole("heading", { level: 1, name: "Sign in" });
  expect(screen.queryByText("Secret")).toBeNull();
});

test.each([
  ["never arrived", offline, "cannot be reached"],
  ["was refused", problem(403, "origin_refused", { detail: "Not from here." }), "Not from here."],
])("a sign-out that %s is not hidden", async (_, reply, words) => {
  stubServer({ ...IN, "POST /api/logout/": reply });
  const user = await openApp("/");
  await user.click(await signOut());
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain(words));
  expect(screen.getByRole("status").textContent).toContain("You are still signed in.");
  expect(await signOut()).toBeTruthy();
});

test.each([["/"], ["/notes"]])("an outage at %s can be tried again", async (address) => {
  stubServer({
    ...HOME,
    "GET /api/notes/": json([]),
    "GET /api/session/": [offline, signedIn()],
  });
  const user = await openApp(address);
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await signOut()).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("an address that does not exist says so", async () => {
  stubServer({ "GET /api/session/": anonymous() });
  await openApp("/nowhere");
  expect(await screen.findByRole("heading", { name: "There is no such page" })).toBeTruthy();
});

test("the name in the header is the best there is", async () => {
  stubServer({ ...HOME, "GET /api/session/": signedIn({ firstName: "", username: null }) });
  await openApp("/");
  expect((await screen.findByRole("banner")).textContent).toBeTruthy();
  await signOut();
  expect(screen.getByRole("banner").textContent).toContain("alice@example.com");
});

test("the header says in one sentence who it is, and shows one letter of it", async () => {
  stubServer({ ...HOME, "GET /api/session/": signedIn({ firstName: "\u{1f98a} fox" }) });
  await openApp("/");
  await signOut();
  expect(screen.getByText("Signed in as \u{1f98a} fox")).toBeTruthy();
  expect(screen.getByText("\u{1f98a}")).toBeTruthy();
});

test("no token and no session is stored where scripts can read it", async () => {
  stubServer(IN);
  await openApp("/");
  await screen.findByText("Hello alice");
  expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, ""]);
});
