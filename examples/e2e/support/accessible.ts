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
  await expectNoSidewaysScroll(page);
}

/** Everything is within the width of the window (WCAG 2.2, 1.4.10). */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const outside = (one: Element) => {
      const { left, right } = one.getBoundingClientRect();
      return right > clientWidth || left < 0;
    };
    return [...document.body.querySelectorAll("*")]
      .filter(outside)
      .map(({ outerHTML }) => outerHTML);
  });
  expect(wide, "what makes the page scroll sideways").toEqual([]);
}
