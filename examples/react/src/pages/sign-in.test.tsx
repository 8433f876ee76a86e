import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openApp } from "../testing/open-app";
import { anonymous, json, problem, signedIn, stubServer } from "../testing/server";

const OUT = { "GET /api/session/": anonymous() };

const login = () => screen.getByLabelText<HTMLInputElement>("Email or username");
const password = () => screen.getByLabelText<HTMLInputElement>("Password");
const button = () => screen.getByRole("button", { name: /^Sign(ing)? in$/ });
const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

async function open(address = "/sign-in") {
  const user = await openApp(address);
  await heading("Sign in");
  return {
    user,
    async signIn() {
      await user.type(login(), "alice@example.com");
      await user.type(password(), "correct horse");
      await user.click(button());
    },
  };
}

test("a guarded page sends to sign in, and a sign-in leads back to it", async () => {
  const server = stubServer({
    ...OUT,
    "POST /api/login/": signedIn(),
    "GET /api/notes/": json([]),
  });
  const { signIn } = await open("/notes");
  expect(location.search).toBe("?next=%2Fnotes");
  await signIn();
  const title = await heading("Notes");
  expect(document.activeElement).toBe(title);
  expect(document.title).toBe("Notes - django-spa-auth");
  expect(location.pathname + location.search).toBe("/notes");
  expect(server.calls.find(({ key }) => key === "POST /api/login/")?.body).toEqual({
    login: "alice@example.com",
    password: "correct horse",
    remember: true,
  });
  expect(screen.getByRole("status").textContent).toBe("Signed in as Alice.");
});

test("a refused sign-in keeps what was typed and says why", async () => {
  stubServer({
    ...OUT,
    "POST /api/login/": problem(400, "invalid_credentials", { detail: "That is not right." }),
  });
  const { signIn } = await open();
  await signIn();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("That is not right.");
  expect(document.activeElement).toBe(alert);
  expect([login().value, password().value]).toEqual(["alice@example.com", "correct horse"]);
});

test("an address of another site is not followed", async () => {
  stubServer({
    ...OUT,
    "POST /api/login/": signedIn(),
    "GET /api/hello/": json({ message: "Hello alice" }),
    "GET /api/stats/": json({ notes: 2, memberSince: "2025-03-14T12:00:00Z" }),
  });
  const { signIn } = await open("/sign-in?next=//example.org/");
  await signIn();
  expect(await screen.findByText("Hello alice")).toBeTruthy();
  expect(location.pathname).toBe("/");
});

test("a page of the server is loaded from the server after the sign-in", async () => {
  stubServer({ ...OUT, "POST /api/login/": signedIn() });
  // jsdom cannot leave a page; that it was told to is all that can be seen.
  const assigned = vi.fn();
  const { signIn } = await open("/sign-in?next=/admin/");
  vi.stubGlobal("location", Object.assign(new URL(location.href), { assign: assigned }));
  await signIn();
  expect(await screen.findByText("Loading /admin/")).toBeTruthy();
  expect(assigned).toHaveBeenCalledWith("/admin/");
});

test("a page of the server that turned a signed-in visitor away is not asked again", async () => {
  stubServer({ "GET /api/session/": signedIn() });
  await openApp("/sign-in?next=/admin/");
  expect(await heading("You are signed in")).toBeTruthy();
  const link = screen.getByRole("link", { name: "Go to /admin/" });
  await waitFor(() => expect(link.getAttribute("href")).toBe("/admin/"));
});
