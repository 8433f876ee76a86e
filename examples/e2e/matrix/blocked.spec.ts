import { expect, test } from "../support/matrix";
import { PASSWORD, submitSignIn } from "../support/people";

test.use({ refusals: [401] });

test("a browser that blocks all third-party cookies keeps no session across sites", async ({
  page,
  context,
  stack,
}) => {
  await page.goto("/sign-in");
  const refused = page.waitForResponse(`${stack.api}/api/hello/`);
  await submitSignIn(page, "alice@example.com", PASSWORD);
  expect((await refused).status()).toBe(401);
  await expect(page.getByText("Nobody is signed in")).toBeVisible();
  expect(await context.cookies(stack.api)).toEqual([]);
});
