import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { folder, product } from "./places";

export { expect };

export interface Options {
  /** The answers below 500 that a test provokes: Chromium logs each as an error. */
  refusals: number[];
  /** Pages that are attacked, or attack, may complain. */
  complaintsFail: boolean;
}

export type Scheme = "light" | "dark";

export interface WorkerOptions {
  /** What the pages are looked at in. */
  schemes: Scheme[];
  thirdPartyCookies: boolean;
}

interface WorkerFixtures extends WorkerOptions {
  /** Where the front end is. */
  origin: string;
  /** One for all tests of a worker, because it takes a browser of its own. */
  openChromium: BrowserContext | undefined;
}

// Playwright puts this style, "body {}", into a page that it takes a picture of.
const STYLE_OF_SCREENSHOTS = "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA=";

export const test = base.extend<Options, WorkerFixtures>({
  refusals: [[], { option: true }],
  complaintsFail: [true, { option: true }],
  schemes: [["light", "dark"], { option: true, scope: "worker" }],
  thirdPartyCookies: [false, { option: true, scope: "worker" }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture needs
  origin: [async ({}, use) => use(product()), { scope: "worker" }],

  baseURL: ({ origin }, use) => use(origin),

  openChromium: [
    async ({ thirdPartyCookies, browserName, playwright, launchOptions, origin }, use) => {
      if (!thirdPartyCookies || browserName !== "chromium") return use(undefined);
      // Chromium blocks third-party cookies unless its profile says otherwise, and only a
      // persistent context has a profile.
      const profile = join(folder(), `profile-${process.env.TEST_WORKER_INDEX}`);
      mkdirSync(join(profile, "Default"), { recursive: true });
      const preferences = JSON.stringify({ profile: { cookie_controls_mode: 0 } });
      writeFileSync(join(profile, "Default", "Preferences"), preferences);
      const options = { ...launchOptions, baseURL: origin, ignoreHTTPSErrors: true };
      const context = await playwright.chromium.launchPersistentContext(profile, options);
      await use(context);
      await context.close();
    },
    { scope: "worker" },
  ],

  async context({ context, openChromium, complaintsFail, refusals }, use) {
    const complaints = collectComplaints(context, refusals);
    await use(openChromium ?? context);
    await openChromium?.clearCookies();
    if (complaintsFail) expect(complaints, "errors in the browser's console").toEqual([]);
  },

  async page({ context }, use) {
    const page = await context.newPage();
    await use(page);
    for (const open of context.pages()) await open.close();
  },
});

/** Errors of scripts, and whatever the browser says is wrong, violations of the policy included. */
function collectComplaints(context: BrowserContext, refusals: number[]): string[] {
  const complaints: string[] = [];
  const expected = [...refusals.map((status) => `status of ${status} `), STYLE_OF_SCREENSHOTS];
  const complain = (text: string) => {
    if (!expected.some((part) => text.includes(part))) complaints.push(text);
  };
  context.on("page", (page: Page) => {
    page.on("pageerror", (error) => complain(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complain(message.text());
    });
  });
  return complaints;
}
