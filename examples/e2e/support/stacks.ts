import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { buildFor, makeData, PYTHON, PYTHON_PATH, ROOT, takeBuild } from "./product";

export type Deployment = "django-served" | "same-origin" | "cross-origin" | "cross-site";
/** What answers for the example's own API: Django REST framework, or plain Django views. */
export type Views = "drf" | "plain";

/** The example behind nginx and TLS, as one deployment has it. */
export interface Stack {
  /** The origin of the front end. */
  app: string;
  /** The origin of Django: the same, unless the deployment crosses origins. */
  api: string;
  database: string;
  /** For those who want to serve something beside it: one for the hosts of the product. */
  certificate: { cert: Buffer; key: Buffer };
  /** The statuses that were answered to a method and a path, oldest first. */
  statuses: (method: string, path: string) => number[];
  /** Throws if the servers complained. */
  stop: () => Promise<void>;
}

/** What there is instead of the example's front end and its settings. */
export interface Own {
  pages: string;
  settings: string;
}

/** What `scripts/stack.py` prints. */
interface Printed {
  app: string;
  api: string;
  folder: string;
  authority: string;
}

/** Start a deployment. What several can share is made once, in `folder`. */
export async function startStack(
  folder: string,
  { deployment, views, own }: { deployment: Deployment; views: Views; own?: Own },
): Promise<Stack> {
  const seed = seedIn(folder);
  const crosses = !own && (deployment === "cross-origin" || deployment === "cross-site");
  const build = () => (crosses ? mkdtempSync(join(folder, "pages-")) : join(folder, "build"));
  const pages = own?.pages ?? build();
  if (!crosses && !existsSync(pages)) takeBuild(pages);

  const launcher = join(ROOT, "scripts", "stack.py");
  const words = [launcher, deployment, "--pages", pages, "--data", seed];
  if (own) words.push("--settings", own.settings);
  const server = spawn(PYTHON, words, {
    env: { ...process.env, NOTES_VIEWS: views, PYTHONPATH: PYTHON_PATH },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { app, api, folder: running, authority } = await printed(server);
  // Only now, because the build names the API, whose port was not known before.
  if (crosses) buildFor(api, pages);

  const django = join(running, "django.log");
  const nginx = join(running, "nginx", "nginx.log");
  const keys = dirname(authority);
  return {
    app,
    api,
    database: join(running, "data", "db.sqlite3"),
    certificate: {
      cert: readFileSync(join(keys, "server.pem")),
      key: readFileSync(join(keys, "server.key")),
    },
    statuses: (method, path) => statusesIn(readFileSync(nginx, "utf8"), `${method} ${path}`),
    async stop() {
      const failures = failuresIn(readFileSync(django, "utf8"), readFileSync(nginx, "utf8"));
      await stop(server);
      if (failures) throw new Error(`The servers failed while the tests ran:\n${failures}`);
    },
  };
}

/** The folder with the data that each server begins with, made once. */
export function seedIn(folder: string): string {
  const seed = join(folder, "seed");
  if (!existsSync(seed)) {
    mkdirSync(seed);
    makeData(seed);
  }
  return seed;
}

/** End every live session, as their time does. */
export function timeOutSessions({ database }: Stack): void {
  const statement = "UPDATE spa_auth_sessions_session SET idle_expires_at = '2000-01-01 00:00:00'";
  const code =
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()";
  execFileSync(PYTHON, ["-c", code, database, statement]);
}

async function printed(server: ChildProcess): Promise<Printed> {
  if (!server.stdout) throw new Error("The launcher has no output");
  const lines = createInterface({ input: server.stdout });
  const [line] = await Promise.race([once(lines, "line"), once(lines, "close")]);
  if (!line) throw new Error("The deployment did not start");
  return JSON.parse(line);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  // The launcher serves until its input ends, so that it also ends when we are killed.
  server.stdin?.end();
  await gone;
}

// nginx writes: 127.0.0.1 - - [date] "POST /api/login/ HTTP/2.0" 200 412 "..." "..."
function statusesIn(log: string, request: string): number[] {
  return log
    .split("\n")
    .map((line) => line.match(/\] "(\S+ \S+) HTTP[^"]*" (\d{3}) /))
    .filter((found) => found?.[1] === request)
    .map((found) => Number(found?.[2]));
}

function failuresIn(django: string, nginx: string): string {
  const broken = nginx
    .split("\n")
    .filter((line) => /" 5\d\d |\[(error|crit|alert|emerg)\]/.test(line));
  if (/Traceback|Internal Server Error/.test(django)) broken.push(django);
  return broken.join("\n");
}
