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
  await other.reload();
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await elsewhere.close();
});
