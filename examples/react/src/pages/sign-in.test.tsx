import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { openApp } from "../testing/open-app";
import {
  anonymous,
  held,
  json,
  offline,
  pending,
  problem,
  signedIn,
  stubServer,
} from "../testing/server";

const OUT = { "GET /api/session/": anonymous() };

afterEach(() => vi.useRealTimers());

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
  expect(server.calls[1]?.body).toEqual({
    login: "alice@example.com",
    password: "correct horse",
    remember: true,
  });
  expect(screen.getByRole("status").textContent).toBe("Signed in as Alice.");
});

test("not to be remembered is said to the server", async () => {
  const server = stubServer({ ...OUT, "POST /api/login/": problem(400, "invalid_credentials") });
  const { user, signIn } = await open();
  await user.click(screen.getByLabelText("Keep me signed in on this device"));
  await signIn();
  expect(server.calls[1]?.body).toMatchObject({ remember: false });
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

test("a lost connection keeps what was typed and says so", async () => {
  stubServer({ ...OUT, "POST /api/login/": offline });
  const { signIn } = await open();
  await signIn();
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be reached");
  expect([login().value, password().value]).toEqual(["alice@example.com", "correct horse"]);
});

test("empty fields are named before anything is sent", async () => {
  const server = stubServer(OUT);
  const { user } = await open();
  await user.click(button());
  const alert = screen.getByRole("alert");
  expect(document.activeElement).toBe(alert);
  expect(login().getAttribute("aria-invalid")).toBe("true");
  const described = login().getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toBe("Enter your email or username.");
  await user.click(screen.getByRole("link", { name: "Enter your password." }));
  expect(document.activeElement).toBe(password());
  expect(server.calls).toHaveLength(1);
});

test("a problem with a field is tied to the field", async () => {
  const fields = { login: [{ code: "too_long", detail: "That is too long." }] };
  stubServer({ ...OUT, "POST /api/login/": problem(400, "invalid_body", { fields }) });
  const { signIn } = await open();
  await signIn();
  await screen.findByRole("alert");
  expect(login().getAttribute("aria-invalid")).toBe("true");
  expect(password().getAttribute("aria-invalid")).toBeNull();
});

test("a problem with a field that is not on the page is still said", async () => {
  const fields = {
    "": [{ code: "invalid", detail: "The body is odd." }],
    device: [{ code: "missing", detail: "Name the device." }],
  };
  stubServer({ ...OUT, "POST /api/login/": problem(400, "invalid_body", { fields }) });
  const { signIn } = await open();
  await signIn();
  const { textContent } = await screen.findByRole("alert");
  expect(textContent).toContain("The body is odd.");
  expect(textContent).toContain("Name the device.");
});

test("a second click sends nothing, and the button keeps the focus", async () => {
  const answer = held(problem(400, "invalid_credentials"));
  const server = stubServer({ ...OUT, "POST /api/login/": answer.reply });
  const { user, signIn } = await open();
  await signIn();
  expect(button().getAttribute("aria-busy")).toBe("true");
  expect(button().hasAttribute("disabled")).toBe(false);
  expect(document.activeElement).toBe(button());
  await user.click(button());
  answer.release();
  await screen.findByRole("alert");
  expect(server.keys().filter((key) => key === "POST /api/login/")).toHaveLength(1);
});

test("too many attempts show a countdown, and no request is sent before its end", async () => {
  const server = stubServer({
    ...OUT,
    "POST /api/login/": problem(429, "rate_limited", { retryAfter: "75" }),
  });
  const { user, signIn } = await open();
  await signIn();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Try again in 1:15");
  expect(alert.textContent).toContain("You can try again in 75 seconds.");
  await user.click(button());
  expect(document.activeElement).toBe(screen.getByRole("alert"));
  expect(server.calls).toHaveLength(2);
});

test("the end of the countdown is announced", async () => {
  stubServer({
    ...OUT,
    "POST /api/login/": problem(429, "rate_limited", { retryAfter: "2" }),
  });
  const { signIn } = await open();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  await signIn();
  const alert = await screen.findByRole("alert");
  await act(() => vi.advanceTimersByTime(1000));
  expect(alert.textContent).toContain("Try again in 0:01");
  await act(() => vi.advanceTimersByTime(1000));
  expect(alert.textContent).toContain("Try again now.");
  expect(screen.getByRole("status").textContent).toBe("You can try again now.");
});

test("the password can be shown, by keyboard too", async () => {
  stubServer(OUT);
  const { user } = await open();
  await user.type(password(), "secret");
  await user.tab();
  const reveal = screen.getByRole("button", { name: "Show password" });
  expect(document.activeElement).toBe(reveal);
  await user.keyboard("{Enter}");
  expect(reveal.getAttribute("aria-pressed")).toBe("true");
  expect([password().type, password().value]).toEqual(["text", "secret"]);
});

test("password managers find what they look for", async () => {
  stubServer(OUT);
  await open();
  const attributes = (input: HTMLInputElement, ...names: string[]) =>
    names.map((name) => input.getAttribute(name));
  expect(attributes(login(), "name", "type", "inputmode", "autocomplete")).toEqual([
    "username",
    "text",
    "email",
    "username",
  ]);
  expect(attributes(login(), "autocapitalize", "spellcheck", "enterkeyhint")).toEqual([
    "none",
    "false",
    "next",
  ]);
  expect(attributes(password(), "name", "type", "autocomplete", "enterkeyhint")).toEqual([
    "password",
    "password",
    "current-password",
    "go",
  ]);
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

test("a step that this example does not have is named", async () => {
  stubServer({ ...OUT, "POST /api/login/": pending });
  const { signIn } = await open();
  await signIn();
  expect(await screen.findByText(/needs another step \(totp\)/)).toBeTruthy();
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
