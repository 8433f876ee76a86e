import { expect, test } from "vitest";
import { accountName, providersIn } from "./connections.js";

const CONNECTION = {
  id: "c1",
  provider: "example",
  name: "Example",
  address: "ada@example.com",
  createdAt: "2026-01-01T10:00:00Z",
  lastUsedAt: "2026-01-01T10:00:00Z",
};

test("before the list is known nothing is connected, and a name needs no address", () => {
  const state = { providers: [{ id: "github", name: "GitHub", icon: "github" }], list: undefined };
  expect(accountName(CONNECTION, state)).toBe("Example");
  expect(providersIn(state, true)).toEqual([]);
  expect(providersIn(state, false)).toEqual(state.providers);
});
