import type { Page } from "@playwright/test";
import { startAttacker } from "./attacker";
import { test as base, expect } from "./fixtures";
import { type Name, PASSWORD, submitSignIn } from "./people";
import { folder } from "./places";
import { freePorts } from "./ports";
import { type Deployment, type Stack, startStack, type Views } from "./stacks";

export { expect };

export interface MatrixOptions {
  deployment: Deployment;
  views: Views;
}

// What the browser calls the same site as the product, or another one, and sends cookies by.
const FOREIGN = "evil.test";
const SIBLING_OF_APP = "evil.example.localhost";
const SIBLING_OF_FOREIGN_API = "other.test";

/** Each test gets the deployment of its project; `origin` and relative addresses are its pages. */
export const test = base.extend<object, MatrixOptions & { stack: Stack; attackers: string[] }>({
  deployment: ["same-origin", { option: true, scope: "worker" }],
  views: ["drf", { option: true, scope: "worker" }],

  stack: [
    async ({ deployment, views }, use) => {
      const stack = await startStack(folder(), { deployment, views });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],

  /** The origins of one attacker, who also has a host on each site of the product. */
  attackers: [
    async ({ stack, deployment }, use) => {
      const [port = 0] = await freePorts(1);
      const server = await startAttacker(port, stack.certificate);
      const hosts = [FOREIGN, SIBLING_OF_APP];
      if (deployment === "cross-site") hosts.push(SIBLING_OF_FOREIGN_API);
      await use(hosts.map((host) => `https://${host}:${port}`));
      server.close();
    },
    { scope: "worker" },
  ],

  origin: [({ stack }, use) => use(stack.app), { scope: "worker" }],
});

/** Sign in on the sign-in page, and arrive at home. */
export async function signInAs(page: Page, name: Name): Promise<void> {
  await page.goto("/sign-in");
  await submitSignIn(page, `${name}@example.com`, PASSWORD);
  await expect(page.getByRole("heading", { name: `Hello ${name}` })).toBeVisible();
  // A dash stands where an answer is still awaited: with them the session has proved itself.
  await expect(page.getByRole("definition").filter({ hasText: "\u2013" })).toHaveCount(0);
}
