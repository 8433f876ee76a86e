import { expect, expectRefused, parts, readable, submit } from "../support/classic";
import { test } from "../support/two-ports";

test.use({ refusals: [400, 401] });

test("S1 signs in by a header from another port, and out with its cookie's token", async ({
  page,
  places,
}) => {
  const { leave, status } = parts(page);
  const alice = /^\d+ alice alice@example.com since 20\d\d-/;
  await page.goto(`/s1.html?api=${places.api}`);
  // A window of the browser's, which asks for a password, would keep the page from going on.
  await expectRefused(page, "alice");
  await submit(page, "alice");
  await expect(status).toHaveText(alice);
  expect(await readable(page)).toEqual(["csrftoken"]);
  await page.reload();
  await expect(status).toHaveText(alice);
  await leave.click();
  await expect(status).toHaveText("Signed out");
  await page.reload();
  await submit(page, "bob");
  await expect(status).toHaveText(/ bob /);
});
