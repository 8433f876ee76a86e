import { screen, waitFor } from "@testing-library/vue";
import { beforeEach, expect, test, vi } from "vitest";
import { openApp } from "./testing/open-app";
import { anonymous, json, signedIn, stubServer } from "./testing/server";

const API = "https://api.example.com";
const note = { id: 1, text: "Buy bread", createdAt: "2026-01-01T10:00:00Z" };

beforeEach(() => {
  vi.stubEnv("VITE_API", API);
  return () => vi.unstubAllEnvs();
});

test("an API on another origin is asked there, with cookies and the token", async () => {
  const server = stubServer({
    [`GET ${API}/api/session/`]: signedIn({}, "token"),
    [`GET ${API}/api/notes/`]: json([]),
    [`POST ${API}/api/notes/`]: json(note, 201),
  });
  const user = await openApp("/notes");
  await user.type(await screen.findByLabelText("New note"), "Buy bread");
  await user.click(screen.getByRole("button", { name: "Add note" }));
  await screen.findByRole("button", { name: "Delete note: Buy bread" });
  expect(new Set(server.calls.map(({ credentials }) => credentials))).toEqual(new Set(["include"]));
  expect(server.calls.at(-1)?.headers.get("X-CSRFToken")).toBe("token");
});

test("the admin is where the API is", async () => {
  stubServer({ [`GET ${API}/api/session/`]: anonymous() });
  await openApp("/");
  const link = await screen.findByRole("link", { name: "admin" });
  expect(link.getAttribute("href")).toBe(`${API}/admin/`);
});

test("a page of the server is loaded from there after the sign-in", async () => {
  stubServer({
    [`GET ${API}/api/session/`]: anonymous(),
    [`POST ${API}/api/login/`]: signedIn(),
  });
  const user = await openApp("/sign-in?next=/admin/");
  await user.type(await screen.findByLabelText("Email or username"), "alice");
  await user.type(screen.getByLabelText("Password"), "correct horse");
  // jsdom cannot leave a page; that it was told to is all that can be seen.
  const assign = vi.fn();
  vi.stubGlobal("location", Object.assign(new URL(location.href), { assign }));
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(assign).toHaveBeenCalledWith(`${API}/admin/`));
});

test("whoever is signed in already gets a link to it", async () => {
  stubServer({ [`GET ${API}/api/session/`]: signedIn() });
  await openApp("/sign-in?next=/admin/");
  const link = await screen.findByRole("link", { name: "Go to /admin/" });
  await waitFor(() => expect(link.getAttribute("href")).toBe(`${API}/admin/`));
});
