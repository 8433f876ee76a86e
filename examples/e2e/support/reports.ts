import type { ReporterDescription } from "@playwright/test";

/** The list of tests, and for who reads the end of a long run a file of what failed, if asked. */
export function reports(...more: ReporterDescription[]): ReporterDescription[] {
  const outputFile = process.env.JUNIT_REPORT;
  return [["list"], ...more, ...(outputFile ? [["junit", { outputFile }] as const] : [])];
}
