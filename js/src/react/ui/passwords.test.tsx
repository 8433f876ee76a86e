import { act, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { show } from "../../../testing/react.js";
import {
  anonymous,
  held,
  json,
  offline,
  pending,
  problem,
  signedIn,
  stubServer,
} from "../../../testing/server.js";
import { tokenIn } from "../../ui/passwords.js";
import { ChangePasswordForm } from "./change-password-form.js";
import { ForgotPasswordForm } from "./forgot-password-form.js";
import { ResetPasswordForm } from "./reset-password-form.js";

const CONFIG = json({
  password: { identifiers: [], minLength: 12, maxLength: 1024, rules: [] },
  profile: { fields: [] },
});
const OUT = { "GET /api/session/": anonymous(), "GET /api/config/": CONFIG };
const IN = { "GET /api/session/": signedIn(), "GET /api/config/": CONFIG };
const SENT = json({ detail: "A mail may be coming." });
const NEW = "another long password";

afterEach(() => vi.useRealTimers());

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const press = (name: string) => screen.getByRole("button", { name });

async function open(node: ReactNode) {
  const { auth, user } = show(node);
  await act(() => auth.load());
  return { auth, user };
}

test("a new password is sent with the old one, and both are gone from the page", async () => {
  const server = stubServer({ ...IN, "POST /api/password/change/": signedIn() });
  const { user } = await open(<ChangePasswordForm />);
  await user.type(field("Current password"), "correct horse");
  await user.type(field("New password"), NEW);
  await user.click(press("Change password"));
  const words = "Your password is changed, and every other device is signed out.";
  await waitFor(() => expect(screen.getAllByText(words)).toHaveLength(2));
  expect([field("Current password").value, field("New password").value]).toEqual(["", ""]);
  const sent = server.calls.find(({ key }) => key === "POST /api/password/change/");
  expect(sent?.body).toEqual({ currentPassword: "correct horse", newPassword: NEW });
});

test("a refused change keeps what was typed and says why, at its field", async () => {
  const detail = "This password is too common.";
  const fields = { newPassword: [{ code: "password_too_common", detail }] };
  const refusal = problem(400, "invalid_body", { fields });
  stubServer({ ...IN, "POST /api/password/change/": refusal });
  const { user } = await open(<ChangePasswordForm />);
  await user.type(field("Current password"), "correct horse");
  await user.type(field("New password"), "password1");
  await user.click(press("Change password"));
  expect((await screen.findByRole("alert")).textContent).toContain(detail);
  expect(field("New password").getAttribute("aria-invalid")).toBe("true");
  expect(field("New password").value).toBe("password1");
});

test("an empty change is named before anything is sent", async () => {
  const server = stubServer(IN);
  const { user } = await open(<ChangePasswordForm />);
  await user.click(press("Change password"));
  const { textContent } = screen.getByRole("alert");
  expect(textContent).toContain("Enter your current password.");
  expect(textContent).toContain("Enter a new password.");
  expect(server.keys()).not.toContain("POST /api/password/change/");
});

test("who has no password yet sets one, with what was typed", async () => {
  const detail = "Your account has no password yet.";
  const common = { newPassword: [{ code: "password_too_common", detail: "Too common." }] };
  const server = stubServer({
    ...IN,
    "POST /api/password/change/": [problem(400, "password.not_set", { detail }), signedIn()],
    "POST /api/password/set/": [problem(400, "invalid_body", { fields: common }), signedIn()],
  });
  const { user } = await open(<ChangePasswordForm />);
  await user.type(field("Current password"), "what could it be");
  await user.type(field("New password"), NEW);
  await user.click(press("Change password"));
  expect((await screen.findByRole("alert")).textContent).toContain(detail);
  expect(screen.queryByLabelText("Current password")).toBeNull();
  expect(screen.getByRole("form", { name: "Set new password" })).toBeTruthy();
  expect(field("New password").value).toBe(NEW);
  await user.click(press("Set new password"));
  await waitFor(() => expect(screen.getByText("Too common.", { selector: "p" })).toBeTruthy());
  expect(screen.queryByLabelText("Current password")).toBeNull();
  await user.click(press("Set new password"));
  const words = "Your password is set, and every other device is signed out.";
  await waitFor(() => expect(screen.getAllByText(words)).toHaveLength(2));
  expect([field("Current password").value, field("New password").value]).toEqual(["", ""]);
  const sent = server.calls.filter(({ key }) => key === "POST /api/password/set/");
  expect(sent.map(({ body }) => body)).toEqual([{ newPassword: NEW }, { newPassword: NEW }]);
});

test("a first password asks for nothing else, and says so where one was set elsewhere", async () => {
  const late = held(problem(400, "password.already_set", { detail: "There is one." }));
  stubServer({
    ...IN,
    "POST /api/password/change/": problem(400, "password.not_set"),
    "POST /api/password/set/": late.reply,
  });
  const { user } = await open(<ChangePasswordForm />);
  await user.type(field("Current password"), "what could it be");
  await user.type(field("New password"), NEW);
  await user.click(press("Change password"));
  await screen.findByRole("form", { name: "Set new password" });
  await user.clear(field("New password"));
  await user.click(press("Set new password"));
  expect(screen.getByRole("alert").textContent).toContain("Enter a new password.");
  expect(screen.getByRole("alert").textContent).not.toContain("current");
  await user.type(field("New password"), NEW);
  await user.click(press("Set new password"));
  expect(press("Setting").getAttribute("aria-busy")).toBe("true");
  late.release();
  expect((await screen.findByText("There is one.")).textContent).toBeTruthy();
  expect(field("Current password")).toBeTruthy();
  expect(field("New password").value).toBe(NEW);
});

test("nobody is asked for a password while nobody is signed in", async () => {
  stubServer(OUT);
  await open(<ChangePasswordForm />);
  expect(screen.queryByLabelText("Current password")).toBeNull();
});

test("password managers learn whose password it is, and the project's rules", async () => {
  stubServer(IN);
  await open(<ChangePasswordForm />);
  const attributes = (input: Element | null, ...names: string[]) =>
    names.map((name) => input?.getAttribute(name));
  const account = document.querySelector<HTMLInputElement>("input[name=username]");
  expect(account?.value).toBe("alice@example.com");
  expect(attributes(account, "autocomplete", "tabindex")).toEqual(["username", "-1"]);
  const rules = "minlength: 12; maxlength: 1024;";
  await waitFor(() => expect(attributes(field("New password"), "passwordrules")).toEqual([rules]));
  expect(
    attributes(field("New password"), "name", "autocomplete", "minlength", "maxlength"),
  ).toEqual(["new-password", "new-password", "12", "1024"]);
  expect(attributes(field("Current password"), "autocomplete")).toEqual(["current-password"]);
});

test.each([
  [{ email: null }, "alice"],
  [{ email: null, username: null }, ""],
])("whose password it is, without an address: %j", async (user, name) => {
  stubServer({ ...IN, "GET /api/session/": signedIn(user) });
  await open(<ChangePasswordForm />);
  expect(document.querySelector<HTMLInputElement>("input[name=username]")?.value).toBe(name);
});

test.each([problem(400, "cookie_ambiguous"), offline])(
  "a form works without the project's rules",
  async (reply) => {
    stubServer({ ...IN, "GET /api/config/": reply });
    await open(<ChangePasswordForm />);
    expect(field("New password").getAttribute("passwordrules")).toBeNull();
  },
);

test("a link takes a new password alone, and signs in", async () => {
  const server = stubServer({ ...OUT, "POST /api/password/reset/confirm/": signedIn() });
  const { auth, user } = await open(<ResetPasswordForm token="abc" />);
  expect(screen.queryByLabelText("Code from the mail")).toBeNull();
  await user.type(field("New password"), NEW);
  await user.click(press("Set new password"));
  await waitFor(() => expect(auth.get().status).toBe("authenticated"));
  expect(screen.getByRole("status").textContent).toBe(
    "Your new password is set. Signed in as Alice.",
  );
  const sent = server.calls.find(({ key }) => key === "POST /api/password/reset/confirm/");
  expect(sent?.body).toEqual({ token: "abc", newPassword: NEW });
});

test("who is signed in already is told that it has worked", async () => {
  stubServer({ ...IN, "POST /api/password/reset/confirm/": signedIn() });
  const done = vi.fn();
  const { user } = await open(<ResetPasswordForm token="abc" onDone={done} />);
  await user.type(field("New password"), NEW);
  await user.click(press("Set new password"));
  await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  expect(done.mock.calls[0]?.[0]).toMatchObject({ status: "authenticated" });
});

test("a link that does not work any more says so", async () => {
  const detail = "This link is no longer valid. Ask for a new one.";
  const refusal = problem(400, "link_expired", { detail });
  stubServer({ ...OUT, "POST /api/password/reset/confirm/": refusal });
  const { user } = await open(<ResetPasswordForm token="abc" />);
  await user.click(press("Set new password"));
  expect(screen.getByRole("alert").textContent).toContain("Enter a new password.");
  await user.type(field("New password"), NEW);
  await user.click(press("Set new password"));
  await waitFor(() => expect(screen.getByRole("alert").textContent).toContain(detail));
});

test("a second factor is not announced as a sign-in", async () => {
  stubServer({ ...OUT, "POST /api/password/reset/confirm/": pending });
  const { auth, user } = await open(<ResetPasswordForm token="abc" />);
  await user.type(field("New password"), NEW);
  await user.click(press("Set new password"));
  await waitFor(() => expect(auth.get().status).toBe("pending"));
  expect(screen.getByRole("status").textContent).toBe("");
});

async function askFor(email: string) {
  const opened = await open(<ForgotPasswordForm />);
  await opened.user.type(field("Email"), email);
  await opened.user.click(press("Send me a link"));
  return opened;
}

test("who forgot a password is told to look for a mail, and types its code", async () => {
  const server = stubServer({
    ...OUT,
    "POST /api/password/reset/": SENT,
    "POST /api/password/reset/confirm/": signedIn(),
  });
  const { auth, user } = await askFor(" alice@example.com ");
  const title = await screen.findByRole("heading", { name: "Check your mail" });
  expect(document.activeElement).toBe(title);
  expect(screen.getByText(/an account for alice@example.com/)).toBeTruthy();
  await user.type(field("Code from the mail"), "314 159");
  await user.type(field("New password"), NEW);
  await user.click(press("Set new password"));
  await waitFor(() => expect(auth.get().status).toBe("authenticated"));
  const bodies = server.calls.filter(({ body }) => body).map(({ body }) => body);
  expect(bodies).toEqual([
    { email: "alice@example.com" },
    { email: "alice@example.com", code: "314159", newPassword: NEW },
  ]);
});

test.each(["", "31415", "3141592", "abcdef"])("the code %j is not sent", async (code) => {
  const server = stubServer({ ...OUT, "POST /api/password/reset/": SENT });
  const { user } = await askFor("alice@example.com");
  await screen.findByRole("heading", { name: "Check your mail" });
  if (code) await user.type(field("Code from the mail"), code);
  await user.type(field("New password"), NEW);
  await user.click(press("Set new password"));
  expect(screen.getByRole("alert").textContent).toContain("Enter the six digits of the code.");
  expect(server.keys()).not.toContain("POST /api/password/reset/confirm/");
});

test("an address that mail cannot go to is said at its field, and none is missed", async () => {
  const fields = { email: [{ code: "invalid_address", detail: "Mail cannot go there." }] };
  const refusal = problem(400, "invalid_body", { fields });
  const server = stubServer({ ...OUT, "POST /api/password/reset/": refusal });
  const { user } = await open(<ForgotPasswordForm />);
  await user.click(press("Send me a link"));
  expect(screen.getByRole("alert").textContent).toContain("Enter your email.");
  expect(server.keys()).not.toContain("POST /api/password/reset/");
  await user.type(field("Email"), "alice");
  await user.click(press("Send me a link"));
  await waitFor(() => expect(screen.getByText("Mail cannot go there.", { selector: "p" })));
  expect(field("Email").value).toBe("alice");
});

test("another mail can be asked for in half a minute", async () => {
  const limited = problem(429, "rate_limited", { retryAfter: "60", detail: "Too many." });
  const server = stubServer({ ...OUT, "POST /api/password/reset/": [SENT, SENT, limited] });
  const { user } = await open(<ForgotPasswordForm />);
  await user.type(field("Email"), "alice@example.com");
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  await user.click(press("Send me a link"));
  const again = await screen.findByRole("button", { name: "Send another mail in 0:30" });
  await user.click(again);
  const asked = () => server.keys().filter((key) => key === "POST /api/password/reset/");
  expect(asked()).toHaveLength(1);
  await act(() => vi.advanceTimersByTime(30_000));
  expect(again.textContent).toBe("Send another mail");
  await user.click(again);
  await waitFor(() => expect(again.textContent).toBe("Send another mail in 0:30"));
  expect(screen.getByRole("status").textContent).toContain("Another mail is on its way.");
  await act(() => vi.advanceTimersByTime(30_000));
  await user.click(again);
  expect((await screen.findByRole("alert")).textContent).toContain("Too many.");
  expect(again.textContent).toBe("Send another mail in 1:00");
  expect(asked()).toHaveLength(3);
});

test("while it is asked for, the button says so", async () => {
  const answer = held(SENT);
  stubServer({ ...OUT, "POST /api/password/reset/": [SENT, answer.reply] });
  const { user } = await open(<ForgotPasswordForm />);
  await user.type(field("Email"), "alice@example.com");
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  await user.click(press("Send me a link"));
  const again = await screen.findByRole("button", { name: "Send another mail in 0:30" });
  await act(() => vi.advanceTimersByTime(30_000));
  await user.click(again);
  expect(again.getAttribute("aria-busy")).toBe("true");
  answer.release();
  await waitFor(() => expect(again.getAttribute("aria-busy")).toBe("false"));
});

test.each([
  ["#token=abc", "abc"],
  ["#x=1&token=a-_b", "a-_b"],
  ["#token=", undefined],
  ["", undefined],
])("the token in %j is %j", (hash, token) => {
  expect(tokenIn(hash)).toBe(token);
});
