import { expect, test } from "../support/fixtures";
import { PASSWORD, signIn, submitSignIn } from "../support/people";

test("the admin sends a visitor to the sign-in page, and alice gets in", async ({ page }) => {
  await page.goto("/admin/");
  await expect(page).toHaveURL(/\/sign-in\?next=(\/|%2F)admin(\/|%2F)$/);
  await submitSignIn(page, "alice@example.com", PASSWORD);
  await expect(page).toHaveURL("/admin/");
  await expect(page.getByRole("heading", { name: "Site administration" })).toBeVisible();
});

test.describe("for bob", () => {
  test.use({ refusals: [403] });

  test("the admin is closed, after the sign-in page too", async ({ page }) => {
    await page.goto("/admin/");
    const refused = page.waitForResponse((response) => response.status() === 403);
    await submitSignIn(page, "bob@example.com", PASSWORD);
    await refused;
    await expect(page.getByRole("heading", { name: /forbidden/i })).toBeVisible();
  });

  test("the admin is closed at once", async ({ page, context }) => {
    await signIn(context, "bob");
    const statuses: number[] = [];
    page.on("response", (response) => statuses.push(response.status()));
    await page.goto("/admin/");
    expect(statuses).toContain(403);
    await expect(page.getByText("Site administration")).toHaveCount(0);
  });
});
