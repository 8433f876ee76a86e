/**
 * Compiles the code of the documentation. A block says after its language which file it is, such as
 * ```ts react/src/auth.ts```; the first folder is the project, which is compiled as a whole.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const here = resolve(import.meta.dirname, "..");
const root = resolve(here, "..");
const out = join(here, ".snippets");
const BLOCK = /^```(ts|tsx|vue|svelte)(?: (\S+))?\n(.*?)^```$/gms;
const OPTIONS = {
  strict: true,
  noEmit: true,
  jsx: "react-jsx",
  target: "es2022",
  module: "esnext",
  moduleResolution: "bundler",
  skipLibCheck: true,
  // As in the templates of Vite, whose style sheets have no types, and in those of Playwright.
  types: ["vite/client", "node"],
};
// vue-tsc and svelte-check also read plain modules; tsc is the one that does not read the others.
const CHECKERS = { vue: ["vue-tsc", "--noEmit"], svelte: ["svelte-check", "--fail-on-warnings"] };

rmSync(out, { recursive: true, force: true });
const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => join("docs", name));

const projects = new Map();
for (const page of [...pages, "README.md", join("js", "README.md")]) {
  for (const [, language, path, code] of readFileSync(join(root, page), "utf8").matchAll(BLOCK)) {
    if (!path)
      throw new Error(`${page}: a block of ${language} that does not say which file it is`);
    write(join(out, path), code);
    const [project] = path.split("/");
    projects.set(project, [...(projects.get(project) ?? []), path]);
  }
}
for (const [project, paths] of projects) {
  const folder = join(out, project);
  write(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS }));
  const extension = paths.map((path) => path.split(".").at(-1)).find((end) => CHECKERS[end]);
  const [program, ...words] = CHECKERS[extension] ?? ["tsc", "--noEmit"];
  const checker = join(root, "node_modules", ".bin", program);
  const where = program === "svelte-check" ? ["--tsconfig", "./tsconfig.json"] : ["--project", "."];
  execFileSync(checker, [...words, ...where], { cwd: folder, stdio: "inherit" });
  process.stdout.write(`${project}: ${paths.length} files of the documentation compile\n`);
}
rmSync(out, { recursive: true, force: true });

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
