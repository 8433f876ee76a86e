import { expect, test } from "vitest";
import { alice } from "../../testing/server.js";
import { accountOf, displayName } from "./people.js";

test("somebody is called by the best name there is", () => {
  expect(displayName(alice)).toBe("Alice");
  expect(displayName({ ...alice, firstName: "" })).toBe("alice");
  expect(displayName({ ...alice, firstName: "", username: null })).toBe("alice@example.com");
  expect(displayName({ ...alice, firstName: "", username: null, email: null })).toBe("");
});

const LIVE = {
  id: "s1",
  createdAt: "2026-01-01T10:00:00Z",
  authenticatedAt: "2026-01-01T10:00:00Z",
  lastSeenAt: "2026-01-01T10:00:00Z",
  expiresAt: "2026-04-01T10:00:00Z",
  proofs: ["password"],
};

test("an account goes by its address, or else by its user name", () => {
  const session = (user: object) => ({
    status: "authenticated" as const,
    isAuthenticated: true as const,
    user: { ...alice, ...user },
    session: LIVE,
  });
  expect(accountOf(session({}))).toBe("alice@example.com");
  expect(accountOf(session({ email: null }))).toBe("alice");
  expect(accountOf(session({ email: null, username: null }))).toBe("");
  expect(accountOf({ status: "loading", isAuthenticated: false })).toBe("");
});
