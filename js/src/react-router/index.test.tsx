import { act, screen } from "@testing-library/react";
import { MemoryRouter, Route, Routes, useLocation } from "react-router";
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
import { createAuth } from "../client.js";
import { Outage } from "../outage.js";
import { useSession } from "../react/use-session.js";
import { RequireSession, requireSession } from "./index.js";

function open() {
  return show(
    <MemoryRouter initialEntries={["/secret?page=2#end"]}>
      <Routes>
        <Route
          element={
            <RequireSession signInPath="/sign-in" waiting="Waiting" unavailable="Unavailable" />
          }
        >
          <Route path="/secret" element={<Secret />} />
        </Route>
        <Route path="/sign-in" element={<Where />} />
      </Routes>
    </MemoryRouter>,
  );
}

function Secret() {
  const session = useSession();
  return (
    <p>
      Secret of {session.isAuthenticated ? session.user.username : "nobody"}
      <input aria-label="Draft" />
    </p>
  );
}

function Where() {
  return <p>Sign in, then {new URLSearchParams(useLocation().search).get("next")}</p>;
}

test("nothing protected is shown before the server has answered", async () => {
  const boot = held(signedIn());
  const server = stubServer({ "GET /api/session/": boot.reply });
  open();
  expect(screen.getByText("Waiting")).toBeTruthy();
  expect(screen.queryByText(/Secret/)).toBeNull();
  boot.release();
  expect(await screen.findByText("Secret of alice")).toBeTruthy();
  expect(server.calls).toHaveLength(1);
});

test.each([
  ["a signed-out visitor", anonymous()],
  ["a visitor who has one step left", pending],
])("%s is sent to sign in, and the way back is remembered", async (_, reply) => {
  stubServer({ "GET /api/session/": reply });
  open();
  expect(await screen.findByText("Sign in, then /secret?page=2#end")).toBeTruthy();
});

test("an outage is not taken for a signed-out visitor", async () => {
  stubServer({ "GET /api/session/": offline });
  open();
  expect(await screen.findByText("Unavailable")).toBeTruthy();
});

test("a session that ends takes the page away", async () => {
  stubServer({
    "GET /api/session/": signedIn(),
    "GET /api/notes/": problem(401, "not_authenticated"),
  });
  const { auth } = open();
  await screen.findByText("Secret of alice");
  await act(() => auth.fetch("/api/notes/"));
  expect(screen.queryByText(/Secret/)).toBeNull();
});

test("nothing that one user typed is left for the next", async () => {
  stubServer({ "GET /api/session/": [signedIn(), signedIn({ id: "2", username: "bob" })] });
  const { auth, user } = open();
  await screen.findByText("Secret of alice");
  await user.type(screen.getByLabelText("Draft"), "Dear diary");
  await act(() => auth.session());
  expect(screen.getByText("Secret of bob")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Draft").value).toBe("");
});

test("a loader waits for the session and lets a signed-in visitor through", async () => {
  stubServer({ "GET /api/session/": signedIn() });
  const request = new Request("https://app.example.com/secret?page=2");
  const auth = createAuth({ baseUrl: "/api/" });
  await expect(requireSession(auth, request, "/sign-in")).resolves.toBeUndefined();
});

test("a loader sends a signed-out visitor to the sign-in page", async () => {
  stubServer({ "GET /api/session/": anonymous() });
  const request = new Request("https://app.example.com/secret?page=2");
  const auth = createAuth({ baseUrl: "/api/" });
  const thrown = await requireSession(auth, request, "/sign-in").catch((reason) => reason);
  expect(thrown.status).toBe(302);
  expect(thrown.headers.get("Location")).toBe("/sign-in?next=%2Fsecret%3Fpage%3D2");
});

test("a loader that cannot know who is there throws the outage", async () => {
  stubServer({ "GET /api/session/": offline });
  const auth = createAuth({ baseUrl: "/api/" });
  const request = new Request("https://app.example.com/secret");
  await expect(requireSession(auth, request, "/sign-in")).rejects.toBeInstanceOf(Outage);
});
