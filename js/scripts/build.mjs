/** Compiles `src` to `dist`, one module each, and puts the style sheet and the contract beside them. */
import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const here = resolve(import.meta.dirname, "..");
const dist = join(here, "dist");
const tsc = resolve(here, "..", "node_modules", ".bin", "tsc");

rmSync(dist, { recursive: true, force: true });
execFileSync(tsc, ["--project", "tsconfig.build.json"], { cwd: here, stdio: "inherit" });
for (const name of ["styles.css", "schema.d.ts"])
  copyFileSync(join(here, "src", name), join(dist, name));
