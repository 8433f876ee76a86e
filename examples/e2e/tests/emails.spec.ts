import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { letterAbout } from "../support/mail";
import {
  isSignedIn,
  otherBrowser,
  PASSWORD,
  scan,
  submitSignIn,
  wrongCode,
} from "../support/people";

const VERIFY = "Confirm your address";

test.use({ refusals: [400, 401, 403] });

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const code = (page: Page) => page.getByLabel("Code from the mail");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function signInAt(page: Page, email: string, path = "/sign-in"): Promise<void> {
  await page.goto(path);
  await submitSignIn(page, email, PASSWORD);
}

/** On the page that a link opened: the form goes away when it has worked. */
async function signInBelow(page: Page, email: string): Promise<void> {
  await submitSignIn(page, email, PASSWORD);
  await expect(page.getByRole("form", { name: "Sign in" })).toHaveCount(0);
}

test.describe("an address that is not proved", () => {
  test("is proved by the code of a mail, at the sign-in", async ({ page, browserName }) => {
    const email = `judy-${browserName}@example.com`;
    await signInAt(page, email);
    await expect(heading(page, "Check your mail")).toBeVisible();
    expect(await isSignedIn(page)).toBe(false);
    const letter = await letterAbout(VERIFY, email);
    await code(page).fill(wrongCode(letter.code));
    await press(page, "Confirm your address");
    await expect(page.getByRole("alert")).toContainText("That code is not right.");

    await test.step("a sign-in that waits goes on after a reload", async () => {
      await page.reload();
      await expect(page.getByRole("button", { name: "Send me a mail" })).toBeVisible();
      await press(page, "Send me a mail");
      await code(page).fill((await letterAbout(VERIFY, email, 2)).code);
    });
    await press(page, "Confirm your address");
    await expect(heading(page, `Hello judy-${browserName}`)).toBeVisible();
    await page.goto("/profile");
    await expect(page.getByText("Verified", { exact: true })).toBeVisible();
  });

  test("is proved by the link in another browser, after signing in there", async ({
    page,
    browser,
    browserName,
  }) => {
    const email = `kim-${browserName}@example.com`;
    await signInAt(page, email);
    await expect(heading(page, "Check your mail")).toBeVisible();
    const { link } = await letterAbout(VERIFY, email);
    await scan(browser, link);

    const there = await otherBrowser(browser);
    await there.goto(link);
    await press(there, "Confirm your address");
    await expect(there.getByRole("alert")).toContainText("Sign in first");
    await signInBelow(there, email);
    await press(there, "Confirm your address");
    await expect(heading(there, `Hello kim-${browserName}`)).toBeVisible();
    await expect(there).toHaveURL("/");
    await there.context().close();
  });

  test("is not proved by who is signed in as somebody else", async ({
    page,
    browser,
    browserName,
  }) => {
    const email = `leo-${browserName}@example.com`;
    await signInAt(page, email);
    await expect(heading(page, "Check your mail")).toBeVisible();
    const { link } = await letterAbout(VERIFY, email);

    const other = await otherBrowser(browser);
    await signInAt(other, "bob");
    await expect(heading(other, "Hello bob")).toBeVisible();
    await other.goto(link);
    await press(other, "Confirm your address");
    await expect(other.getByRole("alert")).toContainText("This link is for another account.");
    await other.context().close();

    await page.goto(link);
    await press(page, "Confirm your address");
    await expect(heading(page, `Hello leo-${browserName}`)).toBeVisible();
  });
});

test("another address is taken by its code, and the old one brings itself back", async ({
  page,
  browser,
  browserName,
}) => {
  const old = `grace-${browserName}@example.com`;
  const fresh = `grace-new-${browserName}@example.com`;
  const other = await otherBrowser(browser);
  for (const each of [other, page]) {
    await signInAt(each, old, "/sign-in?next=/profile");
    await expect(heading(each, "Profile")).toBeVisible();
  }
  await page.getByRole("link", { name: "Change your address" }).click();
  await expect(heading(page, "Change your address")).toBeVisible();
  await page.getByLabel("New email").fill(old);
  await press(page, "Send me a mail");
  await expect(page.getByLabel("New email")).toHaveAccessibleDescription(/your address already/);
  await page.getByLabel("New email").fill(fresh);
  await press(page, "Send me a mail");
  await expect(page.getByText(`on its way to ${fresh}`)).toBeVisible();
  await code(page).fill((await letterAbout("Confirm your new address", fresh)).code);
  await press(page, "Change address");
  await expect(page.getByRole("status")).toContainText("Your address is changed.");
  await expect(page.getByText(fresh)).toBeVisible();
  expect(await isSignedIn(other)).toBe(false);

  const { link } = await letterAbout("Your address was changed", old);
  await scan(browser, link);
  expect(await isSignedIn(page)).toBe(true);
  await other.goto(link);
  await press(other, "Bring back the old address");
  await expect(heading(other, "Done")).toBeVisible();
  await expect(other).toHaveURL("/undo-email");
  expect(await isSignedIn(page)).toBe(false);

  await other.getByRole("link", { name: "Choose a new password" }).click();
  await expect(heading(other, "Forgot your password?")).toBeVisible();
  await other.context().close();
  await signInAt(page, old);
  await expect(page.getByRole("alert")).toContainText("These sign-in details are not right.");
});

test("another address is taken by its link, where its owner is signed in", async ({
  page,
  browser,
  browserName,
}) => {
  const fresh = `heidi-new-${browserName}@example.com`;
  await signInAt(page, `heidi-${browserName}@example.com`, "/sign-in?next=/profile");
  await expect(heading(page, "Profile")).toBeVisible();
  await page.goto("/change-email");
  await page.getByLabel("New email").fill(fresh);
  await press(page, "Send me a mail");
  const { link } = await letterAbout("Confirm your new address", fresh);
  await scan(browser, link);

  const other = await otherBrowser(browser);
  await signInAt(other, "bob");
  await expect(heading(other, "Hello bob")).toBeVisible();
  await other.goto(link);
  await press(other, "Change address");
  await expect(other.getByRole("alert")).toContainText("This link is for another account.");
  await other.context().close();

  const there = await otherBrowser(browser);
  await there.goto(link);
  await press(there, "Change address");
  await expect(there.getByRole("alert")).toContainText("Sign in first");
  await signInBelow(there, `heidi-${browserName}@example.com`);
  await press(there, "Change address");
  await expect(heading(there, "Profile")).toBeVisible();
  await expect(there.getByText(fresh)).toBeVisible();
  await there.context().close();
});

test.describe("a sign-in by mail", () => {
  test("goes by the code and by the link, each once", async ({ page, browser, browserName }) => {
    const email = `ivan-${browserName}@example.com`;
    await page.goto("/notes");
    await page.getByRole("link", { name: "Sign in by mail" }).click();
    await expect(heading(page, "Sign in by mail")).toBeVisible();
    await page.getByLabel("Email").fill(email);
    await press(page, "Send me a link");
    await expect(heading(page, "Check your mail")).toBeVisible();
    const first = await letterAbout("Sign in", email);
    await code(page).fill(first.code);
    await press(page, "Sign in");
    await expect(heading(page, "Notes")).toBeVisible();

    const other = await otherBrowser(browser);
    await other.goto("/sign-in-by-mail");
    await other.getByLabel("Email").fill(email);
    await press(other, "Send me a link");
    const { link } = await letterAbout("Sign in", email, 2);
    await scan(browser, link);
    const there = await otherBrowser(browser);
    await there.goto(link);
    await press(there, "Sign in");
    await expect(heading(there, `Hello ivan-${browserName}`)).toBeVisible();
    await expect(there).toHaveURL("/");
    await there.context().close();

    await other.goto(link);
    await press(other, "Sign in");
    await expect(other.getByRole("alert")).toContainText("This link was used before.");
    await other.getByRole("link", { name: "Ask for a new mail" }).click();
    await expect(other.getByLabel("Email")).toBeVisible();
    await other.context().close();
  });
});
