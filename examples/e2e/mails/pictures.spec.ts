import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, test } from "@playwright/test";
import { expectAccessible } from "../support/accessible";

const MAILS = join(import.meta.dirname, "..", "..", "..", "docs", "mails");
/** What is the mail reader's, in whose page a mail is shown. */
const LANDMARKS = ["landmark-one-main", "region"];
const DESKTOP = 620;
const PHONE = 360;
/** Enough for flat areas and the edges of letters. */
const COLOURS = "32";

for (const file of readdirSync(MAILS).filter((name) => name.endsWith(".html"))) {
  test(`${file} is accessible, and has a picture`, async ({ page }) => {
    await page.setContent(readFileSync(join(MAILS, file), "utf8"));
    const light = await pictures(page, "light");
    const dark = await pictures(page, "dark");
    const path = join(MAILS, file.replace(/html$/, "png"));
    await together(page, [...light, ...dark], path);
    execFileSync("pngquant", ["--force", "--nofs", "--strip", "--output", path, COLOURS, path]);
  });
}

/** The mail on a desktop and on a phone, as high as the higher of both. */
async function pictures(page: Page, colorScheme: "light" | "dark"): Promise<Buffer[]> {
  await page.emulateMedia({ colorScheme });
  const taken: Buffer[] = [];
  let height = 100;
  for (const width of [PHONE, DESKTOP]) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page, ...LANDMARKS);
    height = await page.evaluate(() => document.documentElement.scrollHeight);
    taken.unshift(await page.screenshot({ fullPage: true }));
  }
  return taken;
}

async function together(page: Page, taken: Buffer[], path: string): Promise<void> {
  const sources = taken.map((picture) => `data:image/png;base64,${picture.toString("base64")}`);
  const images = sources.map((source) => `<img src="${source}">`).join("");
  const columns = `grid-template-columns:${DESKTOP}px ${PHONE}px`;
  await page.setViewportSize({ width: DESKTOP + PHONE, height: 100 });
  await page.setContent(
    `<style>img { width: 100%; display: block; }</style>
    <body style="margin:0;display:grid;${columns}">${images}`,
  );
  await page.screenshot({ path, fullPage: true });
}
