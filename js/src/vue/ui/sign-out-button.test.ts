import { screen } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { h, mergeProps } from "vue";
import { anonymous, offline, problem, signedIn, stubServer } from "../../../testing/server.js";
import { show } from "../../../testing/vue.js";
import { SignedIn } from "../signed-in.js";
import { SignOutButton } from "./sign-out-button.js";

const IN = { "GET /api/session/": signedIn() };
const button = () => screen.getByRole("button", { name: "Sign out" });

test.each([
  ["never arrived", offline, "cannot be reached"],
  ["was refused", problem(403, "origin_refused", { detail: "Not from here." }), "Not from here."],
])("a sign-out that %s is not hidden", async (_, reply, words) => {
  stubServer({ ...IN, "POST /api/logout/": reply });
  const { auth, user } = show(() => h(SignOutButton));
  await auth.load();
  await user.click(button());
  expect(screen.getByRole("status").textContent).toContain(words);
  expect(screen.getAllByText(/You are still signed in\./)).toHaveLength(2);
  expect(button()).toBeTruthy();
});

test("nobody who is signed out can sign out", async () => {
  stubServer({ "GET /api/session/": anonymous() });
  const { auth } = show(() => h(SignOutButton));
  await auth.load();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a sign-out is announced, and the page may look after the focus", async () => {
  stubServer({ ...IN, "POST /api/logout/": anonymous() });
  const signedOut = vi.fn();
  const { auth, user } = show(() => h(SignOutButton, { class: "mine", onSignedOut: signedOut }));
  await auth.load();
  expect((await screen.findByRole("button")).className).toBe("mine");
  await user.click(button());
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByRole("status").textContent).toBe("You are signed out.");
  expect(signedOut).toHaveBeenCalledTimes(1);
});

test("the page hears of it also where the button goes with the session", async () => {
  stubServer({ ...IN, "POST /api/logout/": anonymous() });
  const heard = [vi.fn(), vi.fn()];
  const { user } = show(() =>
    h(SignedIn, () =>
      h(SignOutButton, mergeProps(...heard.map((onSignedOut) => ({ onSignedOut })))),
    ),
  );
  await user.click(await screen.findByRole("button", { name: "Sign out" }));
  for (const listener of heard) expect(listener).toHaveBeenCalledTimes(1);
});
