import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";
import { ROOT, stop } from "./product";

/** What the buttons call them: one of OpenID Connect, one like GitHub, one like Facebook. */
export type ProviderName = "Example" | "Example Hub" | "Example Book";

/** Somebody who has an account at the providers. */
export interface Visitor {
  name: string;
  email: string;
  /** Whether the provider has verified the address; it has, unless this says otherwise. */
  verified?: boolean;
}

/** `examples/provider`, for the product at `origin`. */
export class Provider {
  private process: ChildProcess | undefined;

  constructor(
    private readonly port: number,
    private readonly origin: string,
  ) {}

  async start(): Promise<void> {
    const folder = join(ROOT, "examples", "provider");
    const started = spawn(process.execPath, ["src/main.js"], {
      cwd: folder,
      env: { ...process.env, PORT: String(this.port), ORIGINS: this.origin },
      // It serves until its input ends, so that it also ends when we are killed.
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.process = started;
    const gone = once(started, "exit").then(() => {
      throw new Error("The provider did not start");
    });
    await Promise.race([once(started.stdout, "data"), gone]);
    gone.catch(() => {});
  }

  /** Answer nothing for a while, to nobody. */
  async hang(during: () => Promise<void>): Promise<void> {
    this.process?.kill("SIGSTOP");
    try {
      await during();
    } finally {
      this.process?.kill("SIGCONT");
    }
  }

  async stop(): Promise<void> {
    if (this.process) await stop(this.process);
  }
}

/** Press the button of a provider on a page of ours, and arrive there. */
export async function leaveFor(page: Page, provider: ProviderName): Promise<void> {
  await page.getByRole("button", { name: `Continue with ${provider}`, exact: true }).click();
  await expectAt(page, provider);
}

export async function expectAt(page: Page, provider: ProviderName): Promise<void> {
  await expect(page.getByRole("heading", { name: `Sign in with ${provider}` })).toBeVisible();
}

/** Say at the provider who one is. Whom it has asked before is sent back at once. */
export async function comeAs(page: Page, { name, email, verified = true }: Visitor): Promise<void> {
  await page.getByText("Somebody else").click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email address").fill(email);
  const check = page.getByLabel("The address is verified");
  if ((await check.count()) > 0) await check.setChecked(verified);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Say who one is for the first time, and allow it. */
export async function allowAs(page: Page, visitor: Visitor): Promise<void> {
  await comeAs(page, visitor);
  await expect(page.getByRole("heading", { name: "Notes asks for access" })).toBeVisible();
  await page.getByRole("button", { name: "Allow" }).click();
}

/** Come back from a provider to a page that does nothing; its address has what the provider said. */
export async function comeBackAsleep(page: Page, act: () => Promise<void>): Promise<string> {
  const scripts = "**/assets/*.js";
  await page.route(scripts, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await act();
  await page.waitForURL(/\/callback\?/);
  await page.unroute(scripts);
  return page.url();
}
