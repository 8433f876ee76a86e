import { expect, test } from "vitest";
import { alice } from "../../testing/server.js";
import { displayName } from "./people.js";

test("somebody is called by the best name there is", () => {
  expect(displayName(alice)).toBe("Alice");
  expect(displayName({ ...alice, firstName: "" })).toBe("alice");
  expect(displayName({ ...alice, firstName: "", username: null })).toBe("alice@example.com");
  expect(displayName({ ...alice, firstName: "", username: null, email: null })).toBe("");
});
