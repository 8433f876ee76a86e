import { expect, test } from "vitest";
import { token } from "../../testing/tokens.js";
import type { Auth } from "../auth.js";
import { english } from "./all-english.js";
import { createTokens } from "./tokens.js";

test("a token that was made before the list came is shown with what its answer lists", () => {
  const created = token("a");
  const made = { token: "sat_x", created, tokens: [created] };
  const tokens = createTokens({} as Auth, () => english);
  tokens.show(made);
  expect(tokens.get().made).toBe(made);
  expect(tokens.get().known).toEqual({ abilities: [], tokens: [created] });
});
