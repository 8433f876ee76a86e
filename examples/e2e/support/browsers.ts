import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from "@playwright/test";
import type { Options, WorkerOptions } from "./fixtures";

type Use = Partial<Options & WorkerOptions & PlaywrightTestOptions & PlaywrightWorkerOptions>;

/** Names that the browsers look for on this machine, without asking anybody. */
const HOSTS = [
  "app.example.localhost",
  "api.example.localhost",
  "evil.example.localhost",
  "api.other.test",
  "other.test",
  "evil.test",
  "accounts.test",
];

// The versions that Debian ships: Playwright's own builds need a download. The channel drives a
// stock Firefox over WebDriver BiDi.
export function chromium(): Use {
  const hosts = HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(", ");
  return {
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", `--host-resolver-rules=${hosts}`],
    },
  };
}

export function firefox(prefs: Record<string, number> = {}): Use {
  return {
    browserName: "firefox",
    channel: "moz-firefox",
    launchOptions: {
      executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr",
      firefoxUserPrefs: { "network.dns.localDomains": HOSTS.join(","), ...prefs },
    },
  };
}
