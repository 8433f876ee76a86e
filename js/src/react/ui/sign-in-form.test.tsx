import { act, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../../../testing/react.js";
import {
  anonymous,
  held,
  offline,
  pending,
  problem,
  signedIn,
  stubServer,
} from "../../../testing/server.js";
import { SignInForm } from "./sign-in-form.js";
import { TextsProvider } from "./texts.js";

const OUT = { "GET /api/session/": anonymous() };

afterEach(() => vi.useRealTimers());

const login = () => screen.getByLabelText<HTMLInputElement>("Email or username");
const password = () => screen.getByLabelText<HTMLInputElement>("Password");
const button = () => screen.getByRole("button", { name: /^Sign(ing)? in$/ });

async function open() {
  const { auth, user } = show(<SignInForm />);
  await act(() => auth.load());
  return {
    auth,
    user,
    async signIn() {
      await user.type(login(), "alice@example.com");
      await user.type(password(), "correct horse");
      await user.click(button());
    },
  };
}

test("a refused sign-in keeps what was typed and says why", async () => {
  const detail = "That is not right.";
  stubServer({ ...OUT, "POST /api/login/": problem(400, "invalid_credentials", { detail }) });
  const { signIn } = await open();
  await signIn();
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain(detail);
  expect(document.activeElement).toBe(alert);
  expect([login().value, password().value]).toEqual(["alice@example.com", "correct horse"]);
});

test("a refusal that comes again is said again", async () => {
  stubServer({ ...OUT, "POST /api/login/": problem(400, "invalid_credentials") });
  const { user, signIn } = await open();
  await signIn();
  const alert = await screen.findByRole("alert");
  await user.click(button());
  expect(document.activeElement).toBe(alert);
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
  const reply = problem(429, "rate_limited", { retryAfter: "75" });
  const server = stubServer({ ...OUT, "POST /api/login/": reply });
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
  stubServer({ ...OUT, "POST /api/login/": problem(429, "rate_limited", { retryAfter: "2" }) });
  const { signIn } = await open();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  await signIn();
  const alert = await screen.findByRole("alert");
  await act(() => vi.advanceTimersByTime(1000));
  expect(alert.textContent).toContain("Try again in 0:01");
  await act(() => vi.advanceTimersByTime(1000));
  expect(alert.textContent).toContain("You can try again now.");
  expect(screen.getByRole("status").textContent).toBe("You can try again now.");
});

test("a mistake in the program is not hidden, and the form can be used again", async () => {
  stubServer(OUT);
  const { auth, signIn } = await open();
  const thrown = vi.fn();
  const listen = (reason: unknown) => thrown(reason);
  process.once("unhandledRejection", listen);
  vi.spyOn(auth.login, "password").mockRejectedValue(new TypeError("Mine"));
  await signIn();
  await vi.waitFor(() => expect(thrown).toHaveBeenCalledTimes(1));
  expect(button().getAttribute("aria-busy")).toBe("false");
});

test("a step that is left is named", async () => {
  stubServer({ ...OUT, "POST /api/login/": pending });
  const { signIn } = await open();
  await signIn();
  expect(await screen.findByText("This account needs another step: totp.")).toBeTruthy();
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

test("a sign-in is announced and is the state, with what was chosen", async () => {
  const server = stubServer({ ...OUT, "POST /api/login/": signedIn() });
  const { auth, user, signIn } = await open();
  await user.click(screen.getByLabelText("Keep me signed in on this device"));
  await signIn();
  expect(auth.get().isAuthenticated).toBe(true);
  expect(screen.getByRole("status").textContent).toBe("Signed in as Alice.");
  expect(server.calls[1]?.body).toEqual({
    login: "alice@example.com",
    password: "correct horse",
    remember: false,
  });
});

test("a project has its own words for some, and ours for the rest", async () => {
  stubServer(OUT);
  const { auth } = show(
    <TextsProvider texts={{ identifier: "Customer number" }}>
      <SignInForm />
    </TextsProvider>,
  );
  await act(() => auth.load());
  expect(screen.getByLabelText("Customer number")).toBeTruthy();
  expect(password()).toBeTruthy();
});
