import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FullConfig } from "@playwright/test";
import { startAttacker } from "./attacker";
import { logOf, publish } from "./places";
import { freePorts } from "./ports";
import { failuresIn, makeData, serve, stop, takeBuild } from "./product";

/**
 * One product per worker, each with a copy of the same database, so that tests that run at the same
 * time cannot meet. The answer of this function is the tear-down, which Playwright also runs when
 * tests fail.
 */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export default async function setup({ workers }: FullConfig): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "spa-auth-e2e-"));
  const [attackerPort = 0, ...free] = await freePorts(2 * workers + 1);
  const [ports, providers] = [free.slice(0, workers), free.slice(workers)];
  const logs: string[] = [];
  const cleanUps: (() => unknown)[] = [
    () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  ];

  async function cleanUp() {
    for (const step of cleanUps.splice(0).reverse()) await step();
  }

  // Playwright tears down after an interrupt, but not when it is told to end. Each step begins with
  // what matters, so that nobody needs to wait for it.
  process.once(
    "exit",
    () =>
      void cleanUps
        .splice(0)
        .reverse()
        .map((step) => step()),
  );
  for (const signal of ["SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

  try {
    const build = join(folder, "build");
    const seed = join(folder, "seed");
    takeBuild(build);
    mkdirSync(seed);
    makeData(seed);
    const starts = ports.map(async (port, index) => {
      const data = join(folder, String(port));
      const log = logOf(folder, port);
      cpSync(seed, data, { recursive: true });
      logs.push(log);
      const provider = `http://127.0.0.1:${providers[index]}`;
      const server = await serve({ data, build, port, log, provider });
      cleanUps.push(() => stop(server));
    });
    const failed = (await Promise.allSettled(starts)).find(({ status }) => status === "rejected");
    if (failed) await Promise.all(starts);
    const attacker = await startAttacker(attackerPort);
    cleanUps.push(() => attacker.close());
    publish({ folder, products: ports, providers, attacker: attackerPort });
  } catch (error) {
    await cleanUp();
    throw error;
  }
  return async () => {
    const failures = logs.map(failuresIn).join("");
    await cleanUp();
    if (failures) throw new Error(`The server failed while the tests ran:\n${failures}`);
  };
}
