// @vitest-environment node
import { renderToString } from "react-dom/server";
import { StaticRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { createAuth } from "../client.js";
import { RequireSession } from "../react-router/index.js";
import { AuthProvider, SignedIn, SignedOut, SignInForm } from "./index.js";

test("a server render shows the waiting state, and asks nothing", () => {
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  const html = renderToString(
    <StaticRouter location="/secret">
      <AuthProvider auth={createAuth({ baseUrl: "/api/" })}>
        <SignedIn>Secret</SignedIn>
        <SignedOut>Out</SignedOut>
        <RequireSession signInPath="/sign-in" waiting="Waiting">
          Secret
        </RequireSession>
      </AuthProvider>
    </StaticRouter>,
  );
  expect(html).toBe("Waiting");
  expect(fetch).not.toHaveBeenCalled();
});

test("a form can be rendered by a server", () => {
  const html = renderToString(
    <AuthProvider auth={createAuth({ baseUrl: "/api/" })}>
      <SignInForm />
    </AuthProvider>,
  );
  expect(html).toContain('autoComplete="current-password"');
});
