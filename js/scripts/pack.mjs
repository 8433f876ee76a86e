/**
 * Packs this package as a release would, and puts it into the examples as npm would install it: they
 * see what a user sees, and not these sources. Does nothing while what is there is newer.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const here = resolve(import.meta.dirname, "..");
const examples = resolve(here, "..", "examples");
const targets = ["react", "vue"].map((name) =>
  join(examples, name, "node_modules", "django-spa-auth"),
);
const sources = ["src", "scripts", "package.json", "tsconfig.json", "tsconfig.build.json"];

const newest = Math.max(...sources.map((name) => changedAt(join(here, name))));
if (targets.some((target) => installedAt(target) < newest)) install();

function install() {
  execFileSync(process.execPath, [join(here, "scripts", "build.mjs")], { stdio: "inherit" });
  const folder = mkdtempSync(join(tmpdir(), "django-spa-auth-"));
  try {
    const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    execFileSync("npm", words, { cwd: here, stdio: ["ignore", "ignore", "inherit"] });
    const [archive] = readdirSync(folder);
    for (const target of targets) {
      rmSync(target, { recursive: true, force: true });
      mkdirSync(target, { recursive: true });
      const options = ["--extract", "--file", archive, "--strip-components=1", "-C", target];
      execFileSync("tar", options, { cwd: folder });
      const now = new Date();
      // The archive brings the times of its making, which npm sets to a fixed day.
      utimesSync(join(target, "package.json"), now, now);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function installedAt(target) {
  return statSync(join(target, "package.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function changedAt(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  const inside = readdirSync(path).map((name) => changedAt(join(path, name)));
  return Math.max(status.mtimeMs, ...inside);
}
