import { expect, test } from "../support/fixtures";
import { PASSWORD, submitSignIn } from "../support/people";
import { product } from "../support/places";

test.use({ refusals: [401] });

test("a device that is signed out from another is out at its next step", async ({
  page,
  browser,
}) => {
  await page.goto("/sign-in?next=/devices");
  await submitSignIn(page, "bob", PASSWORD);
  await expect(page.getByText("This device")).toBeVisible();

  const elsewhere = await browser.newContext({ baseURL: product() });
  const other = await elsewhere.newPage();
  await other.goto("/sign-in?next=/notes");
  await submitSignIn(other, "bob", PASSWORD);
  await expect(other.getByRole("heading", { name: "Notes", exact: true })).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByRole("heading", { name: "1 device", exact: true })).toBeVisible();
  await expect(page.getByText("This device")).toBeVisible();

  await other.getByRole("link", { name: "Profile" }).click();
  // A page that is still being fetched would be broken off, which Firefox calls a failure.
  await expect(other).toHaveURL(/profile/);
  await other.reload();
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await elsewhere.close();
});

test.describe("what happened", () => {
  test.use({ refusals: [400] });

  test("is listed for its owner, and leads to signing out everywhere else", async ({ page }) => {
    await page.goto("/sign-in?next=/activity");
    await submitSignIn(page, "bob", "not the password");
    await expect(page.getByRole("alert")).toBeVisible();
    await submitSignIn(page, "bob", PASSWORD);
    await expect(page.getByRole("heading", { name: "Activity", exact: true })).toBeVisible();

    const latest = page.getByRole("listitem").nth(0);
    const before = page.getByRole("listitem").nth(1);
    await expect(latest).toContainText("Signed in");
    await expect(latest).toContainText("This device");
    await expect(before).toContainText("Sign-in refused");
    await expect(before).toContainText("127.0.0.1");
    await page.getByRole("link", { name: "sign out everywhere else" }).click();
    await expect(page.getByRole("heading", { name: "Devices", exact: true })).toBeVisible();
  });
});
