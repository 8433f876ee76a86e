// The front ends of the tutorials, as pages that behave as they do, each where its tutorial has it.
import { defineConfig, type PlaywrightTestProject } from "@playwright/test";
import { chromium, firefox } from "./support/browsers";
import type { Options, WorkerOptions } from "./support/fixtures";
import type { MatrixOptions } from "./support/matrix";
import { reports } from "./support/reports";

type Project = PlaywrightTestProject<Options, WorkerOptions & MatrixOptions>;

const drf = { views: "drf" } as const;
interface Place {
  testMatch: string[];
  use?: MatrixOptions;
}

const PLACES: Record<string, Place> = {
  "same-origin-drf": {
    testMatch: ["s0.spec.ts", "s3-d.spec.ts", "s4.spec.ts", "attacks.spec.ts"],
    use: { deployment: "same-origin", ...drf },
  },
  "same-origin-plain": {
    testMatch: ["s3-s.spec.ts"],
    use: { deployment: "same-origin", views: "plain" },
  },
  "django-served": { testMatch: ["s3-t.spec.ts"], use: { deployment: "django-served", ...drf } },
  "two-ports": { testMatch: ["s1.spec.ts", "s3-x-ports.spec.ts"] },
  "cross-origin": { testMatch: ["s3-x.spec.ts"], use: { deployment: "cross-origin", ...drf } },
  "cross-site": { testMatch: ["s3-x.spec.ts"], use: { deployment: "cross-site", ...drf } },
};
const BROWSERS = { chromium: chromium(), firefox: firefox() };

export default defineConfig<Options, WorkerOptions & MatrixOptions>({
  testDir: "classic",
  globalSetup: "./support/run-folder.ts",
  outputDir: "test-results/classic",
  forbidOnly: Boolean(process.env.CI),
  // Each project has servers of its own, which its worker starts and stops.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: reports(["./support/table.ts"]),
  use: { locale: "en-GB", ignoreHTTPSErrors: true },
  projects: Object.entries(PLACES).flatMap(([place, { testMatch, use: options }]) =>
    Object.entries(BROWSERS).map(
      ([browser, use]): Project => ({
        name: `${place} ${browser}`,
        testMatch,
        use: { ...use, ...options },
      }),
    ),
  ),
});
