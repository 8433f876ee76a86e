import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { show } from "../../../testing/react.js";
import { anonymous, offline, problem, signedIn, stubServer } from "../../../testing/server.js";
import { SignOutButton } from "./sign-out-button.js";

const IN = { "GET /api/session/": signedIn() };
const button = () => screen.getByRole("button", { name: "Sign out" });

test.each([
  ["never arrived", offline, "cannot be reached"],
  ["was refused", problem(403, "origin_refused", { detail: "Not from here." }), "Not from here."],
])("a sign-out that %s is not hidden", async (_, reply, words) => {
  stubServer({ ...IN, "POST /api/logout/": reply });
  const { auth, user } = show(<SignOutButton />);
  await act(() => auth.load());
  await user.click(button());
  expect(screen.getByRole("status").textContent).toContain(words);
  expect(screen.getAllByText(/You are still signed in\./)).toHaveLength(2);
  expect(button()).toBeTruthy();
});

test("nobody who is signed out can sign out", async () => {
  stubServer({ "GET /api/session/": anonymous() });
  const { auth } = show(<SignOutButton />);
  await act(() => auth.load());
  expect(screen.queryByRole("button")).toBeNull();
});

test("a sign-out is announced, and the page may look after the focus", async () => {
  stubServer({ ...IN, "POST /api/logout/": anonymous() });
  const signedOut = vi.fn();
  const { auth, user } = show(<SignOutButton className="mine" onSignedOut={signedOut} />);
  await act(() => auth.load());
  expect(button().className).toBe("mine");
  await user.click(button());
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByRole("status").textContent).toBe("You are signed out.");
  expect(signedOut).toHaveBeenCalledTimes(1);
});
