import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const SIZES = join(import.meta.dirname, "..", "testing", "sizes");

test.each([
  ["react", () => import("./react/index.js")],
  ["vue", () => import("./vue/index.js")],
])("what is weighed as every page, for %s, is all but the other languages", async (name, load) => {
  const text = await readFile(join(SIZES, `everything-${name}.js`), "utf8");
  const [, names = ""] = /export \{([^}]*)\}/.exec(text) ?? [];
  const weighed = names.split(",").map((each) => each.trim());
  const all = Object.keys(await load()).filter((each) => each !== "german");
  expect(new Set(weighed.filter(Boolean))).toEqual(new Set(all));
});
