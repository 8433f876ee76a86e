import { join } from "node:path";
import type { Page } from "@playwright/test";
import { test as base, expect } from "./matrix";
import { PASSWORD } from "./people";
import { folder } from "./places";
import { startStack } from "./stacks";

export { expect };

/** Front ends that behave as those of the tutorials do, and settings with the room for them. */
export const OWN = {
  pages: join(import.meta.dirname, "..", "classic", "pages"),
  settings: "tests_servers.classic",
};

/** The deployment of the project, with these. */
export const test = base.extend({
  stack: [
    async ({ deployment, views }, use) => {
      const stack = await startStack(folder(), { deployment, views, own: OWN });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

/** What each of the pages has. */
export function parts(page: Page) {
  return {
    name: page.getByLabel("Name"),
    password: page.getByLabel("Password"),
    submit: page.getByRole("button", { name: "Sign in" }),
    leave: page.getByRole("button", { name: "Sign out" }),
    status: page.getByRole("status"),
  };
}

export async function submit(page: Page, name: string, secret = PASSWORD): Promise<void> {
  await expect(parts(page).submit).toBeVisible();
  await parts(page).name.fill(name);
  await parts(page).password.fill(secret);
  await parts(page).submit.click();
}

/** A wrong password is said on the page, and by no window of the browser's. */
export async function expectRefused(page: Page, name: string): Promise<void> {
  await submit(page, name, "wrong");
  await expect(parts(page).status).toHaveText("Wrong");
  await expect(parts(page).submit).toBeVisible();
}

/** The names of the cookies that scripts of the page can read. */
export async function readable(page: Page): Promise<string[]> {
  const cookies = await page.evaluate(() => document.cookie);
  return cookies.split("; ").map((pair) => pair.split("=")[0] ?? "");
}

/** What S3's front end does, wherever Django is; `path` names its page, and the API if elsewhere. */
export async function tryS3(page: Page, path: string): Promise<void> {
  const { leave, status } = parts(page);
  await page.goto(path);
  await expectRefused(page, "alice");
  for (const who of ["alice", "bob"]) {
    await submit(page, who);
    await expect(status).toHaveText(`You are ${who}`);
    await page.reload();
    await expect(status).toHaveText(`You are ${who}`);
    await leave.click();
    await expect(status).toHaveText("You are signed out.");
    await page.reload();
    await expect(parts(page).submit).toBeVisible();
  }
}
