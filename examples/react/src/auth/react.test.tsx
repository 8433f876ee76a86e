import { act, render, screen } from "@testing-library/react";
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { MemoryRouter, Route, Routes, StaticRouter, useLocation } from "react-router";
import { expect, test } from "vitest";
import {
  anonymous,
  held,
  offline,
  pending,
  problem,
  signedIn,
  stubServer,
} from "../testing/server";
import { createAuth } from "./client";
import { RequireSession, useSession } from "./react";

function open(auth = createAuth({ base: "/api/" })) {
  render(
    <StrictMode>
      <MemoryRouter initialEntries={["/secret?page=2#end"]}>
        <Routes>
          <Route path="/secret" element={<Guarded auth={auth} />} />
          <Route path="/sign-in" element={<Where />} />
        </Routes>
      </MemoryRouter>
    </StrictMode>,
  );
  return auth;
}

function Guarded({ auth }: { auth: ReturnType<typeof createAuth> }) {
  return (
    <RequireSession auth={auth} signInPath="/sign-in" waiting="Waiting" unavailable="Unavailable">
      <Who auth={auth} />
      <Who auth={auth} />
    </RequireSession>
  );
}

function Who({ auth }: { auth: ReturnType<typeof createAuth> }) {
  const session = useSession(auth);
  return <p>Secret of {session.isAuthenticated ? session.user.username : "nobody"}</p>;
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
  expect(await screen.findAllByText("Secret of alice")).toHaveLength(2);
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
  const auth = open();
  await screen.findAllByText("Secret of alice");
  await act(() => auth.fetch("/api/notes/"));
  expect(screen.queryByText(/Secret/)).toBeNull();
});

test("a server render shows the waiting state and asks nothing", () => {
  const server = stubServer({});
  const auth = createAuth({ base: "/api/" });
  const html = renderToString(
    <StaticRouter location="/secret">
      <Guarded auth={auth} />
    </StaticRouter>,
  );
  expect(html).toBe("Waiting");
  expect(server.calls).toEqual([]);
});
