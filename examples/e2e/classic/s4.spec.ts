import { expect, expectRefused, parts, readable, submit, test } from "../support/classic";

test.use({ refusals: [400, 401] });

const BOB = /^\d+ bob@example.com false false$/;

test("S4 asks as axios does, and stays on the page when refused", async ({ page }) => {
  const { leave, status } = parts(page);
  await page.goto("/s4.html");
  await expectRefused(page, "bob@example.com");
  expect(await readable(page)).toEqual(["csrftoken"]);
  await submit(page, "bob@example.com");
  await expect(status).toHaveText(BOB);
  await page.reload();
  await expect(status).toHaveText(BOB);
  await leave.click();
  await expect(status).toHaveText("Signed out");
  await submit(page, "bob@example.com");
  await expect(status).toHaveText(BOB);
});

test("S4 finds its way out when the session has ended and its flag has not", async ({ page }) => {
  const { status, submit: button } = parts(page);
  await page.goto("/s4.html");
  await submit(page, "bob@example.com");
  await expect(status).toHaveText(BOB);
  await page.context().clearCookies({ name: /sessionid$/ });
  // With a 401 for its sign-out it would sign out for ever.
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.reload();
  await expect(button).toBeVisible();
  await expect(status).toHaveText("Signed out");
  expect(asked.filter((url) => url.endsWith("/api/logout/"))).toHaveLength(1);
});
