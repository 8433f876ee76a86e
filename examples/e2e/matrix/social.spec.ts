import { dirname } from "node:path";
import { disconnect, expectConnected, expectFailure } from "../support/connections";
import { expect, signInAs, test } from "../support/matrix";
import { signInForm, signOut } from "../support/people";
import { ageProofs } from "../support/product";
import { allowAs, comeAs, leaveFor, type Visitor } from "../support/provider";

/** Somebody whom only one test knows: each deployment has a database and a provider of its own. */
function visitor(name: string): Visitor {
  return { name, email: `${name.toLowerCase()}@example.com` };
}

test("a newcomer signs up by Example, and signs in by it the next time", async ({ page }) => {
  const nadia = visitor("Nadia");
  await page.goto("/sign-in?next=/profile");
  await leaveFor(page, "Example");
  await allowAs(page, nadia);
  await expect(page).toHaveURL("/profile");
  await expect(page.getByLabel("Username")).toHaveValue("nadia");

  await signOut(page);
  await page.goto("/sign-in?next=/profile");
  await leaveFor(page, "Example");
  await comeAs(page, nadia);
  await expect(page.getByLabel("Username")).toHaveValue("nadia");
  await page.reload();
  await expect(page.getByLabel("Username")).toHaveValue("nadia");
});

test("a provider is told where people come back to: across sites it is the API", async ({
  page,
  stack,
  deployment,
}) => {
  await page.goto("/sign-in?next=/profile");
  await leaveFor(page, "Example Hub");
  const told = new URL(page.url()).searchParams.get("redirect_uri");
  const callback = `${stack.api}/api/social/github/callback/`;
  const own = `${stack.app}/auth/github/callback`;
  expect(told).toBe(deployment === "cross-site" ? callback : own);
  await allowAs(page, visitor("Nils"));
  await expect(page).toHaveURL("/profile");
  await expect(page.getByLabel("Username")).toHaveValue("nils");
});

test.describe("a refusal", () => {
  test.use({ refusals: [400, 409] });

  test("comes back to the page, and nobody is signed in", async ({ page }) => {
    await page.goto("/sign-in");
    await leaveFor(page, "Example Book");
    await page.getByRole("button", { name: "Cancel" }).click();
    await expectFailure(page, "You did not go on there");

    await page.goto("/sign-in");
    await leaveFor(page, "Example");
    await page.getByRole("button", { name: /^Alice Archer/ }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await expectFailure(page, "You have an account here already");
    await page.goto("/sign-in");
    await expect(signInForm(page).form).toBeVisible();
  });
});

test.describe("an account that is connected", () => {
  test.use({ refusals: [401, 403] });

  test("is one's own in a window of its own, and connected once more", async ({
    page,
    context,
    stack,
  }) => {
    const rosa = visitor("Rosa");
    await page.goto("/sign-in?next=/account");
    await leaveFor(page, "Example");
    await allowAs(page, rosa);
    await expectConnected(page, "Example", rosa.email);
    ageProofs(dirname(stack.database), rosa.email);

    await disconnect(page, "Example");
    const [popup] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "Confirm with Example" }).click(),
    ]);
    await comeAs(popup, rosa);
    await page.getByRole("button", { name: "Connect Example", exact: true }).click();
    await expect.poll(() => popup.isClosed()).toBe(true);
    await comeAs(page, rosa);
    await expectConnected(page, "Example", rosa.email);
  });

  test("opens the account that it was connected with", async ({ page }) => {
    const bob = { name: "Bob", email: "bob@example.com", verified: false };
    await signInAs(page, "bob");
    await page.goto("/account");
    await page.getByRole("button", { name: "Connect Example Hub", exact: true }).click();
    await allowAs(page, bob);
    await expectConnected(page, "Example Hub", bob.email);
    await signOut(page);

    await page.goto("/sign-in?next=/profile");
    await leaveFor(page, "Example Hub");
    await comeAs(page, bob);
    await expect(page.getByLabel("Username")).toHaveValue("bob");
  });
});
