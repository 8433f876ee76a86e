import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible";
import { FRONT_END } from "../support/product";
import { comeAs, leaveFor, type ProviderName } from "../support/provider";
import { expect, test } from "../support/social";

test.use({ refusals: [400] });

const SCREENSHOTS = join(import.meta.dirname, "..", "screenshots");
const PROVIDERS: ProviderName[] = ["Example", "Example Hub", "Example Book"];

for (const provider of PROVIDERS) {
  test(`the pages of ${provider} are accessible, light and dark, wide and narrow`, async ({
    page,
    schemes,
    browserName,
  }, info) => {
    const file = (view: string) => `${provider.replaceAll(" ", "-")}-${view}`.toLowerCase();

    async function look(view: string): Promise<void> {
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 800 });
          const path = join(
            SCREENSHOTS,
            FRONT_END,
            browserName,
            `${file(view)}-${colorScheme}-${width}.png`,
          );
          await page.screenshot({ path, fullPage: true });
          await expectAccessible(page);
        }
      }
    }

    await page.goto("/sign-in");
    await leaveFor(page, provider);
    await look("who");
    const email = `looker-${info.project.name}@${"long".repeat(12)}.example.com`;
    await comeAs(page, { name: "Lena", email });
    await expect(page.getByRole("heading", { name: "Notes asks for access" })).toBeVisible();
    await look("consent");
    await startAgain(page);
    await look("problem");
  });
}

test("a provider is used without a mouse, and the person chosen by one key", async ({ page }) => {
  await page.goto("/sign-in?next=/profile");
  await leaveFor(page, "Example");
  await page.keyboard.press("Tab");
  const alice = page.getByRole("button", { name: /^Alice Archer/ });
  await expect(alice).toBeFocused();
  await expect(alice).toHaveCSS("outline-style", "solid");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Notes asks for access" })).toBeVisible();
});

/** Come back to a page of the provider that was answered. */
async function startAgain(page: Page): Promise<void> {
  const answered = page.url();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/auth\//);
  await page.goto(answered);
  await expect(page.getByRole("heading", { name: "This does not work" })).toBeVisible();
}
