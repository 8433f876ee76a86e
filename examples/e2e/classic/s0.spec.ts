import { expect, expectRefused, parts, readable, submit, test } from "../support/classic";

test.use({ refusals: [400] });

test("S0 signs in without a token, and out with the first cookie that it finds", async ({
  page,
}) => {
  const { leave, status } = parts(page);
  await page.goto("/s0.html");
  await expectRefused(page, "alice");
  await submit(page, "alice");
  await expect(status).toHaveText("Hello alice");
  expect(await readable(page)).toEqual(["csrftoken"]);
  // It shows its form again after a reload, and the sign-in goes on from there.
  await page.reload();
  await submit(page, "bob");
  await expect(status).toHaveText("Hello bob");
  await leave.click();
  await expect(status).toHaveText("Signed out");
  await submit(page, "alice");
  await expect(status).toHaveText("Hello alice");
});

test("S0 signs out also when nobody is signed in any more", async ({ page }) => {
  const { leave, status } = parts(page);
  await page.goto("/s0.html");
  await submit(page, "alice");
  await expect(status).toHaveText("Hello alice");
  await page.context().clearCookies({ name: /sessionid$/ });
  await leave.click();
  await expect(status).toHaveText("Signed out");
});
