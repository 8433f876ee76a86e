import type { Page } from "@playwright/test";
import { namesOfLiveCookies } from "../support/cookies";
import { expect, signInAs, test } from "../support/matrix";
import {
  noteInput,
  PASSWORD,
  signInForm,
  signOut,
  signOutButton,
  submitSignIn,
} from "../support/people";
import { timeOutSessions } from "../support/stacks";

test("a first visit is anonymous, and nothing complains", async ({ page, stack }) => {
  const session = page.waitForResponse(`${stack.api}/api/session/`);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Come in and look around" })).toBeVisible();
  expect(await (await session).json()).toMatchObject({ status: "anonymous" });
});

test("a deep link of a signed-out visitor leads to the sign-in page and back", async ({ page }) => {
  await page.goto("/profile?from=mail#names");
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent("/profile?from=mail#names")}`);
  await submitSignIn(page, "bob", PASSWORD);
  await expect(page).toHaveURL("/profile?from=mail#names");
  await expect(page.getByLabel("Username")).toHaveValue("bob");
});

test("a sign-out ends the session and deletes its cookie", async ({ page, context, stack }) => {
  await signInAs(page, "alice");
  await signOut(page);
  await page.reload();
  await expectSignedOut(page);
  expect(await namesOfLiveCookies(context, stack.api)).not.toContain("__Host-sessionid");
});

test.describe("a session whose time is over", () => {
  test.use({ refusals: [401] });

  test("ends at the next request, and the page says so", async ({ page, stack }) => {
    await signInAs(page, "alice");
    await page.getByRole("link", { name: "Notes", exact: true }).click();
    await noteInput(page).pressSequentially("Too late");
    timeOutSessions(stack);
    await page.getByRole("button", { name: "Add note" }).click();
    await expect(page).toHaveURL("/sign-in?next=%2Fnotes");
    await expect(page.getByText("You need to be signed in to go on to /notes.")).toBeVisible();
    await submitSignIn(page, "alice", PASSWORD);
    await expect(page).toHaveURL("/notes");
  });
});

test("tabs agree on a sign-out, and on somebody else's sign-in", async ({ page, context }) => {
  await signInAs(page, "alice");
  const other = await context.newPage();
  await other.goto("/profile");
  await expect(other.getByLabel("Username")).toHaveValue("alice");

  await signOut(page);
  await expect(signInForm(other).form).toBeVisible();
  await expectSignedOut(other);

  await signInAs(page, "bob");
  await expect(other.getByLabel("Username")).toHaveValue("bob");
});

async function expectSignedOut(page: Page): Promise<void> {
  await expect(
    page.getByRole("link", { name: "Sign in", exact: true }).or(signInForm(page).form),
  ).toBeVisible();
  await expect(signOutButton(page)).toHaveCount(0);
  await expect(page.getByText("alice", { exact: true })).not.toBeAttached();
}
