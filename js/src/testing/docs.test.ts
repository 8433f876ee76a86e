import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const JS = resolve(import.meta.dirname, "../..");
const BLOCK = /^```tsx? vitest\/src\/(\S+)\n(.*?)^```$/gms;

test("the tests that docs/testing.md shows pass", () => {
  const page = readFileSync(join(JS, "..", "docs", "testing.md"), "utf8");
  const outside = join(JS, ".snippets");
  mkdirSync(outside, { recursive: true });
  const folder = mkdtempSync(join(outside, "docs-"));
  try {
    for (const [, name = "", text = ""] of page.matchAll(BLOCK)) {
      writeFileSync(join(folder, name), text);
    }
    const vitest = resolve(JS, "../node_modules/.bin/vitest");
    const config = join(JS, "testing", "docs.config.ts");
    const words = ["run", "--root", folder, "--config", config, "--reporter", "json"];
    const { numPassedTests, success } = JSON.parse(
      execFileSync(vitest, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
    expect({ numPassedTests, success }).toEqual({ numPassedTests: 4, success: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
