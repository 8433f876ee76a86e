/**
 * What the package costs `tsc`: the type instantiations of a project with everything of it, beyond
 * those of the same project without it. Fails above the limit.
 */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const LIMIT = 10_000;
const here = resolve(import.meta.dirname, "..");
const tsc = resolve(here, "..", "node_modules", ".bin", "tsc");

const without = instantiations("without.tsx");
const cost = instantiations("with.tsx") - without;
process.stdout.write(`Type instantiations: ${cost} more than the ${without} without (${LIMIT})\n`);
if (cost > LIMIT) process.exitCode = 1;

function instantiations(name) {
  const words = [
    "--noEmit",
    "--ignoreConfig",
    "--extendedDiagnostics",
    "--strict",
    "--skipLibCheck",
  ];
  words.push("--jsx", "react-jsx", "--module", "esnext", "--moduleResolution", "bundler");
  words.push("--target", "es2022", `testing/cost/${name}`);
  const said = execFileSync(tsc, words, { cwd: here, encoding: "utf8" });
  return Number(said.match(/Instantiations:\s+(\d+)/)?.[1]);
}
