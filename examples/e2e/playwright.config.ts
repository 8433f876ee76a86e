import { defineConfig } from "@playwright/test";
import { chromium, firefox } from "./support/browsers";
import type { Options, WorkerOptions } from "./support/fixtures";
import { reports } from "./support/reports";

const ATTACKS = "attack.spec.ts";
const LOOKS = "looks.spec.ts";

export default defineConfig<Options, WorkerOptions>({
  testDir: "tests",
  globalSetup: "./support/setup.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // Each worker has a server and a database of its own, see support/setup.ts.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: reports(),
  // The pages speak the language of the browser.
  use: { locale: "en-US" },
  projects: [
    { name: "chromium", testIgnore: ATTACKS, use: chromium() },
    { name: "firefox", testIgnore: ATTACKS, use: { ...firefox(), schemes: ["light"] } },
    // Over this channel Playwright cannot change what a running Firefox prefers.
    {
      name: "firefox-dark",
      testMatch: LOOKS,
      use: {
        ...firefox({ "layout.css.prefers-color-scheme.content-override": 0 }),
        schemes: ["dark"],
      },
    },
    // The attacker's best case: browsers that allow third-party cookies.
    {
      name: "chromium-third-party",
      testMatch: ATTACKS,
      use: { ...chromium(), thirdPartyCookies: true },
    },
    {
      name: "firefox-third-party",
      testMatch: ATTACKS,
      use: { ...firefox({ "network.cookie.cookieBehavior": 0 }), thirdPartyCookies: true },
    },
  ],
});
