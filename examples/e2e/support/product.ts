import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export const ROOT = resolve(import.meta.dirname, "../../..");
/** Which of the two is tested: `react` or `vue`. */
export const FRONT_END = process.env.FRONT_END ?? "react";
const WORKSPACE = join("examples", FRONT_END);
const SOURCES = [join(ROOT, WORKSPACE), join(ROOT, "js")];
const BUILD = join(ROOT, WORKSPACE, "dist");
const BACKEND = join(ROOT, "examples", "backend");
export const PYTHON = join(ROOT, ".venv", "bin", "python");
/** With the settings that belong to tests. */
export const PYTHON_PATH = [ROOT, process.env.PYTHONPATH].filter(Boolean).join(delimiter);
/** How lines of the log begin that say what was answered. */
const ANSWERED = "answered";
const START_SECONDS = 30;
/** What is answered where a provider is not there. */
const PROVIDER_IS_DOWN = / POST \/api\/social\/[a-z]+\/finish\/ 503$/;

/** Build the page if its sources are newer, and copy it: the copy stays as it is during the run. */
export function takeBuild(folder: string): void {
  if (Math.max(...SOURCES.map(newest)) > builtAt()) {
    const words = ["run", "build", "--workspace", WORKSPACE];
    execFileSync("npm", words, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  }
  cpSync(BUILD, folder, { recursive: true });
}

/** Build the page for an API on another origin. */
export function buildFor(api: string, folder: string): void {
  const words = ["run", "build", "--workspace", WORKSPACE, "--", "--logLevel", "warn"];
  execFileSync("npm", [...words, "--emptyOutDir", "--outDir", folder], {
    cwd: ROOT,
    env: { ...process.env, VITE_API: api },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** People whom the tests change, each for one browser. They begin with the password of alice. */
const CHANGING = [
  "carol",
  "dave",
  "erin",
  "frank",
  "grace",
  "heidi",
  "ivan",
  "mia",
  "mona",
  "noah",
  "olga",
  "pat",
  "quinn",
  "ryan",
  "sybil",
];
/** Those of them who have not proved their addresses. */
const UNPROVEN = ["judy", "kim", "leo"];

/** Somebody whose name leaves little room for what stands beside it. Nobody changes it. */
export const LONG_NAME = "wilhelmine-charlotte";

const forEachBrowser = (names: string[]) =>
  names.flatMap((name) => ["chromium", "firefox"].map((browser) => [name, `${name}-${browser}`]));

/** What Django's shell is told to make these people, each with a first name and a user name. */
function making(people: string[][]): string[] {
  const script = `
from people.management.commands.demo_users import PASSWORD
from people.models import User
for name, username in ${JSON.stringify(people)}:
    User.objects.create_user(username, f"{username}@example.com", PASSWORD, first_name=name.title())
`;
  return ["shell", "-c", script];
}

/** Make the database with its demo users and some more, and the secret key. */
export function makeData(folder: string): void {
  const trust = ["spa_auth_trust_addresses", "--yes"];
  const proven = making([...forEachBrowser(CHANGING), [LONG_NAME, LONG_NAME]]);
  const unproven = making(forEachBrowser(UNPROVEN));
  const steps = [["migrate"], ["demo_users"], proven, trust, unproven];
  for (const words of steps) manage(folder, words);
}

/** Make all that somebody has proved about themselves an hour older, wherever they are signed in. */
export function ageProofs(folder: string, email: string): void {
  const script = `
import json
from datetime import datetime, timedelta
from spa_auth.core.state import PROOFS_KEY
from spa_auth.sessions.models import Session
for session in Session.objects.filter(user__email=${JSON.stringify(email)}):
    data = json.loads(session.data)
    for proof in data[PROOFS_KEY]:
        proof["at"] = (datetime.fromisoformat(proof["at"]) - timedelta(hours=1)).isoformat()
    session.data = json.dumps(data)
    session.save()
`;
  manage(folder, ["shell", "-c", script]);
}

/** Forget that somebody has proved their address: by mail they cannot sign in any more. */
export function forgetProof(folder: string, email: string): void {
  const script = `
from spa_auth.email.models import ProvenAddress
ProvenAddress.objects.filter(user__email=${JSON.stringify(email)}).delete()
`;
  manage(folder, ["shell", "-c", script]);
}

/** The token of a link that was mailed for this purpose, and is too old by now. */
export function expiredToken(folder: string, purpose: string, email: string): string {
  const script = `
from datetime import timedelta
from django.utils import timezone
from people.models import User
from spa_auth.core import links, messages
from spa_auth.core.models import Secret
purposes = {each.purpose.name: each.purpose for each in messages.declared() if each.purpose}
user = User.objects.filter(email=${JSON.stringify(email)}).first()
issued = links.issue(purposes[${JSON.stringify(purpose)}], user, address=${JSON.stringify(email)})
newest = Secret.objects.filter(address=${JSON.stringify(email)}).latest("pk")
newest.expires_at = timezone.now() - timedelta(seconds=1)
newest.save()
print(issued.token)
`;
  return manage(folder, ["shell", "-c", script]).trim();
}

/** Sign somebody in without the page; returns where the cookies are written. */
export function storageState(folder: string, login: string, origin: string): string {
  const path = join(folder, `${login}.json`);
  const words = ["spa_auth_storage_state", login, "--output", path, "--origin", origin];
  // As in development: the command is not there otherwise.
  manage(folder, words, { DEBUG: "1" });
  return path;
}

function manage(folder: string, words: string[], environ: Record<string, string> = {}): string {
  return execFileSync(PYTHON, ["manage.py", ...words, "-v", "0"], {
    cwd: BACKEND,
    // The database is the same in each deployment, and this one needs no build.
    env: { ...process.env, ...environ, EXAMPLE_VAR: folder, DEPLOYMENT: "SameOrigin" },
    encoding: "utf8",
  });
}

export interface Served {
  data: string;
  build: string;
  port: number;
  log: string;
  /** The address of the provider, which need not be there. */
  provider?: string;
  /** What the settings read besides. */
  env?: Record<string, string>;
}

/** Serve as `make run` does. Resolves when the first answer has come. */
export async function serve(served: Served): Promise<ChildProcess> {
  const { data, build, port, log, provider = "", env } = served;
  const output = openSync(log, "a");
  const words = ["--interface=wsgi", "--host=127.0.0.1", `--port=${port}`, "--workers=1"];
  words.push("--blocking-threads=4", "--log-level=warning", "--access-log");
  words.push(`--access-log-fmt=${ANSWERED} %(method)s %(path)s %(status)d`);
  const server = spawn(PYTHON, ["-m", "granian", ...words, "config.wsgi:application"], {
    cwd: BACKEND,
    env: {
      ...process.env,
      EXAMPLE_VAR: data,
      EXAMPLE_BUILD: build,
      PORT: String(port),
      MAIL_FOLDER: join(data, "mail"),
      PROVIDER: provider,
      ...env,
    },
    stdio: ["ignore", output, output],
  });
  for (let left = START_SECONDS * 10; left > 0 && server.exitCode === null; left -= 1) {
    if (await answers(`http://127.0.0.1:${port}/api/session/`)) return server;
    await wait(100);
  }
  await stop(server);
  throw new Error(`The product did not start:\n${readFileSync(log, "utf8")}`);
}

export async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGTERM");
  const patience = setTimeout(() => server.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(patience);
}

/** What the server answered to a method and a path, whether or not a page may know, oldest first. */
export function statusesIn(log: string, method: string, path: string): number[] {
  const start = `${ANSWERED} ${method} ${path} `;
  const lines = readFileSync(log, "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith(start))
    .map((line) => Number(line.slice(start.length)));
}

/** Whatever a server must never say: what broke, and each answer above 499. */
export function failuresIn(log: string): string {
  const written = readFileSync(log, "utf8");
  return /Traceback|Internal Server Error/.test(written)
    ? written
    : written
        .split("\n")
        .filter((line) => / 5\d\d$/.test(line) && !PROVIDER_IS_DOWN.test(line))
        .join("\n");
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function builtAt(): number {
  return statSync(join(BUILD, "index.html"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(folder: string): number {
  const times = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !["dist", "node_modules", "coverage"].includes(name))
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    });
  return Math.max(0, ...times);
}
