import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for what is gone after the run. The answer is the tear-down. */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "spa-auth-matrix-"));
  process.env.E2E_FOLDER = folder;
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once("exit", remove);
  for (const signal of ["SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
  return remove;
}
