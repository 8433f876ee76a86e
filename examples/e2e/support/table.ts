import type { Reporter, Suite, TestCase } from "@playwright/test/reporter";

/**
 * One row per project: what passed, what failed, and how long it took with its servers and browser.
 * For one worker, so that all the time between the ends of two tests belongs to the later one.
 */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export default class Table implements Reporter {
  private readonly rows = new Map<string, { passed: number; failed: number; seconds: number }>();
  private last = 0;

  onBegin(_: unknown, suite: Suite) {
    this.last = Date.now();
    for (const { title } of suite.suites) {
      this.rows.set(title, { passed: 0, failed: 0, seconds: 0 });
    }
  }

  onTestEnd(test: TestCase) {
    const row = this.rows.get(test.titlePath()[1] ?? "");
    if (!row) return;
    const now = Date.now();
    row.seconds += (now - this.last) / 1000;
    this.last = now;
    if (test.ok()) row.passed += 1;
    else row.failed += 1;
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
