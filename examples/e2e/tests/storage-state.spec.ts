import { expect, test } from "../support/fixtures";
import { signOut } from "../support/people";
import { dataFolder, product } from "../support/places";
import { storageState } from "../support/product";

test("a browser begins signed in by a file, and is known", async ({ browser }) => {
  const path = storageState(dataFolder(), "bob@example.com", product());
  const context = await browser.newContext({ baseURL: product(), storageState: path });
  const page = await context.newPage();
  await page.goto("/devices");
  await expect(page.getByText("This device")).toBeVisible();
  const names = (await context.cookies()).map(({ name }) => name).sort();
  expect(names).toEqual(["csrftoken", "sessionid", "sessionid_auth_device"]);
  // On a page without the devices, each of which has such a button.
  await page.goto("/profile");
  await signOut(page);
  await page.goto("/devices");
  await expect(page).toHaveURL(/sign-in.*devices/);
  await context.close();
});
