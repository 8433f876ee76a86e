import {
  defineConfig,
  type PlaywrightTestOptions,
  type PlaywrightWorkerOptions,
} from "@playwright/test";
import type { Options, WorkerOptions } from "./support/fixtures";
import { ATTACKER_HOST, product } from "./support/places";

const ATTACKS = "attack.spec.ts";
const LOOKS = "looks.spec.ts";

type Use = Partial<Options & WorkerOptions & PlaywrightTestOptions & PlaywrightWorkerOptions>;

// The versions that Debian ships: Playwright's own builds need a download. The channel drives a
// stock Firefox over WebDriver BiDi.
const chromium: Use = {
  browserName: "chromium",
  launchOptions: {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", `--host-resolver-rules=MAP ${ATTACKER_HOST} 127.0.0.1`],
  },
};

function firefox(prefs: Record<string, number> = {}): Use {
  return {
    browserName: "firefox",
    channel: "moz-firefox",
    launchOptions: {
      executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr",
      firefoxUserPrefs: { "network.dns.localDomains": ATTACKER_HOST, ...prefs },
    },
  };
}

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
  reporter: "list",
  use: { baseURL: product(), locale: "en-GB" },
  projects: [
    { name: "chromium", testIgnore: ATTACKS, use: chromium },
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
      use: { ...chromium, thirdPartyCookies: true },
    },
    {
      name: "firefox-third-party",
      testMatch: ATTACKS,
      use: { ...firefox({ "network.cookie.cookieBehavior": 0 }), thirdPartyCookies: true },
    },
  ],
});
