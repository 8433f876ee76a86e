import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
declare global {
  var axe: typeof import("axe-core");
}

/** Of all rules of axe but these, a page breaks none, and it need not be scrolled sideways. */
export async function expectAccessible(page: Page, ...without: string[]): Promise<void> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (names) => {
    const rules = Object.fromEntries(names.map((name) => [name, { enabled: false }]));
    const { violations } = await globalThis.axe.run({ rules });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
  }, without);
  expect(found).toEqual([]);
  const overflow = () =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(overflow), "pixels to scroll sideways").toBeLessThanOrEqual(0);
}
