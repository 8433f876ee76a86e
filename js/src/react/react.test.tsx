import { act, render, screen } from "@testing-library/react";
import { Suspense, use } from "react";
import { expect, test } from "vitest";
import { show } from "../../testing/react.js";
import {
  anonymous,
  held,
  offline,
  pending,
  problem,
  signedIn,
  stubServer,
} from "../../testing/server.js";
import { useAuth } from "./provider.js";
import { SignedIn, SignedOut } from "./signed-in.js";
import { useAction } from "./use-action.js";
import { useSession } from "./use-session.js";

function Who() {
  const session = useSession();
  return <p>{session.isAuthenticated ? session.user.username : session.status}</p>;
}

function Both() {
  return (
    <>
      <SignedIn>{({ user }) => <p>In: {user.username}</p>}</SignedIn>
      <SignedIn>
        <p>Inside</p>
      </SignedIn>
      <SignedOut>
        <p>Out</p>
      </SignedOut>
    </>
  );
}

test("a component without a provider is told what is missing", () => {
  expect(() => render(<Who />)).toThrow("useAuth needs an <AuthProvider");
});

test("fifty components under StrictMode and Suspense cost one request", async () => {
  const boot = held(signedIn());
  const server = stubServer({ "GET /api/session/": boot.reply });
  const waiting = Promise.resolve("late");
  function Late() {
    return (
      <>
        {use(waiting)}
        <Who />
      </>
    );
  }
  await act(async () => {
    show(
      <>
        {Array.from({ length: 49 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
          <Who key={index} />
        ))}
        <Suspense>
          <Late />
        </Suspense>
      </>,
    );
  });
  boot.release();
  expect(await screen.findAllByText("alice")).toHaveLength(50);
  expect(server.calls).toHaveLength(1);
});

test("neither side is shown before the server has answered", async () => {
  const boot = held(signedIn());
  stubServer({ "GET /api/session/": boot.reply });
  show(<Both />);
  expect(document.body.textContent).toBe("");
  boot.release();
  expect(await screen.findByText("In: alice")).toBeTruthy();
  expect(screen.getByText("Inside")).toBeTruthy();
  expect(screen.queryByText("Out")).toBeNull();
});

test.each([
  ["somebody who is signed out", anonymous()],
  ["somebody who has one step left", pending],
])("%s sees the other side", async (_, reply) => {
  stubServer({ "GET /api/session/": reply });
  show(<Both />);
  expect(await screen.findByText("Out")).toBeTruthy();
  expect(screen.queryByText("Inside")).toBeNull();
});

test("nobody is taken for signed out during an outage", async () => {
  stubServer({ "GET /api/session/": offline });
  show(
    <>
      <Who />
      <Both />
    </>,
  );
  expect(await screen.findByText("unavailable")).toBeTruthy();
  expect(screen.queryByText("Out")).toBeNull();
});

test("an action tells that it is under way, and why it failed", async () => {
  const answer = held(problem(400, "invalid_credentials"));
  stubServer({
    "GET /api/session/": anonymous(),
    "POST /api/login/": [answer.reply, offline, signedIn()],
  });
  function SignIn() {
    const auth = useAuth();
    const { run, reset, pending: busy, error } = useAction(auth.login.password);
    return (
      <>
        <button type="button" onClick={() => run({ login: "alice", password: "x" })}>
          {busy ? "Busy" : "Go"}
        </button>
        <button type="button" onClick={reset}>
          Forget
        </button>
        <output>{error?.code}</output>
      </>
    );
  }
  const { user, auth } = show(<SignIn />);
  const said = () => screen.getByRole("status").textContent;
  await user.click(screen.getByRole("button", { name: "Go" }));
  expect(screen.getByRole("button", { name: "Busy" })).toBeTruthy();
  answer.release();
  await screen.findByText("invalid_credentials");
  await user.click(screen.getByRole("button", { name: "Forget" }));
  expect(said()).toBe("");
  await user.click(screen.getByRole("button", { name: "Go" }));
  expect(said()).toBe("outage");
  await user.click(screen.getByRole("button", { name: "Go" }));
  expect(said()).toBe("");
  expect(auth.get().isAuthenticated).toBe(true);
});
