import { defineConfig, type PlaywrightTestProject } from "@playwright/test";
import { chromium, firefox } from "./support/browsers";
import type { Options, WorkerOptions } from "./support/fixtures";
import type { MatrixOptions } from "./support/matrix";
import { reports } from "./support/reports";

type Project = PlaywrightTestProject<Options, WorkerOptions & MatrixOptions>;

const BLOCKED = "blocked.spec.ts";
/** Needs a host that browsers do not trust without TLS. */
const UNENCRYPTED = "unencrypted.spec.ts";
/** What depends on which cookies a browser lets through. */
const ON_COOKIES = ["kept.spec.ts", "cookies.spec.ts", "foreign.spec.ts"];
const ALL_COOKIES = { "network.cookie.cookieBehavior": 0 };
const NO_THIRD_PARTY_COOKIES = { "network.cookie.cookieBehavior": 1 };

const DEPLOYMENTS: Record<string, MatrixOptions> = {
  "django-served": { deployment: "django-served", views: "drf" },
  "same-origin-drf": { deployment: "same-origin", views: "drf" },
  "same-origin-plain": { deployment: "same-origin", views: "plain" },
  "cross-origin": { deployment: "cross-origin", views: "drf" },
  "cross-site": { deployment: "cross-site", views: "drf" },
};
const BROWSERS = { chromium: chromium(), firefox: firefox() };
const crossSite: MatrixOptions = { deployment: "cross-site", views: "drf" };

const projects = Object.entries(DEPLOYMENTS).flatMap(([deployment, options]) =>
  Object.entries(BROWSERS).map(
    ([browser, use]): Project => ({
      name: `${deployment} ${browser}`,
      testIgnore: deployment === "cross-site" ? [BLOCKED] : [BLOCKED, UNENCRYPTED],
      use: { ...use, ...options },
    }),
  ),
);

projects.push(
  {
    name: "cross-site chromium, third-party cookies allowed",
    testMatch: ON_COOKIES,
    use: { ...chromium(), ...crossSite, thirdPartyCookies: true },
  },
  {
    name: "cross-site firefox, third-party cookies allowed",
    testMatch: ON_COOKIES,
    use: { ...firefox(ALL_COOKIES), ...crossSite, thirdPartyCookies: true },
  },
  // The one setting that partitioned cookies do not survive, and not the default.
  {
    name: "cross-site firefox, third-party cookies blocked",
    testMatch: BLOCKED,
    use: { ...firefox(NO_THIRD_PARTY_COOKIES), ...crossSite },
  },
);

export default defineConfig<Options, WorkerOptions & MatrixOptions>({
  testDir: "matrix",
  globalSetup: "./support/run-folder.ts",
  outputDir: "test-results/matrix",
  forbidOnly: Boolean(process.env.CI),
  // Each project is a deployment of its own, which its worker starts and stops.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: reports(["./support/table.ts"]),
  use: { locale: "en-GB", ignoreHTTPSErrors: true },
  projects,
});
