import type { Reporter, Suite, TestCase, TestResult } from "@playwright/test/reporter";

/** One row per project: what passed, what failed, and how long it took. */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export default class Table implements Reporter {
  private readonly rows = new Map<string, { passed: number; failed: number; seconds: number }>();

  onBegin(_: unknown, suite: Suite) {
    for (const { title } of suite.suites)
      this.rows.set(title, { passed: 0, failed: 0, seconds: 0 });
  }

  onTestEnd(test: TestCase, { duration }: TestResult) {
    const row = this.rows.get(test.titlePath()[1] ?? "");
    if (!row) return;
    if (test.ok()) row.passed += 1;
    else row.failed += 1;
    row.seconds += duration / 1000;
  }

  onEnd() {
    const width = Math.max(...[...this.rows.keys()].map(({ length }) => length));
    const line = (name: string, ...cells: string[]) =>
      `${name.padEnd(width)}${cells.map((cell) => cell.padStart(9)).join("")}\n`;
    process.stdout.write(`\n${line("Deployment and browser", "passed", "failed", "seconds")}`);
    for (const [name, { passed, failed, seconds }] of this.rows) {
      process.stdout.write(line(name, String(passed), String(failed), seconds.toFixed(1)));
    }
  }
}
