import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { lettersTo, letterTo } from "../support/mail";
import {
  isSignedIn,
  otherBrowser,
  PASSWORD,
  scan,
  submitSignIn,
  wrongCode,
} from "../support/people";

const NEW = "another-long-sentence-of-words";
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

async function askFor(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  // Of several browsers at once, Firefox gives the focus to one: it is looked for where one is open.
  await expect(heading(page, "Forgot your password?")).toBeVisible();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(heading(page, "Check your mail")).toBeVisible();
}

async function choose(page: Page, password: string): Promise<void> {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set new password" }).click();
}

test.use({ refusals: [400, 401] });

test("a forgotten password is replaced by the link of a mail, in another browser", async ({
  page,
  browser,
  browserName,
}) => {
  const email = `carol-${browserName}@example.com`;
  const before = await otherBrowser(browser);
  await before.goto("/sign-in");
  await submitSignIn(before, email, PASSWORD);
  await expect(heading(before, `Hello carol-${browserName}`)).toBeVisible();

  await askFor(page, email);
  const { subject, link } = await letterTo(email, 1);
  expect(subject).toBe("Choose a new password");

  await test.step("what only opens the link changes nothing", async () => {
    await scan(browser, link);
    expect(await isSignedIn(before)).toBe(true);
  });

  const there = await otherBrowser(browser);
  await there.goto(link);
  await choose(there, NEW);
  await expect(heading(there, `Hello carol-${browserName}`)).toBeVisible();
  await expect(there).toHaveURL("/");
  await expect(there.getByRole("status")).toHaveText(
    "Your new password is set. Signed in as Carol.",
  );
  expect(await isSignedIn(before)).toBe(false);

  await test.step("the link is used, and its owner is told", async () => {
    await page.goto(link);
    await choose(page, NEW);
    await expect(page.getByRole("alert")).toContainText("This link was used before.");
    await expect(page.getByLabel("New password", { exact: true })).toHaveValue(NEW);
    const told = await letterTo(email, 2);
    expect(told.subject).toBe("Your password was changed");
  });

  await page.goto("/sign-in");
  await submitSignIn(page, email, PASSWORD);
  await expect(page.getByRole("alert")).toContainText("These sign-in details are not right.");
  await submitSignIn(page, email, NEW);
  await expect(heading(page, `Hello carol-${browserName}`)).toBeVisible();
  for (const other of [before, there]) await other.context().close();
});

test("a forgotten password is replaced by the code of a mail, on the page that asked", async ({
  page,
  browserName,
}) => {
  const email = `dave-${browserName}@example.com`;
  await askFor(page, email);
  await expect(heading(page, "Check your mail")).toBeFocused();
  const { code } = await letterTo(email, 1);
  await page.getByLabel("Code from the mail").fill(wrongCode(code));
  await choose(page, NEW);
  await expect(page.getByRole("alert")).toContainText("That code is not right.");
  await page.getByLabel("Code from the mail").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await choose(page, "password");
  await expect(page.getByLabel("New password", { exact: true })).toHaveAccessibleDescription(
    /too common/,
  );
  await choose(page, NEW);
  await expect(heading(page, `Hello dave-${browserName}`)).toBeVisible();
});

test("a newer mail ends the older one, and half a link leads nowhere", async ({
  page,
  browser,
  browserName,
}) => {
  const email = `erin-${browserName}@example.com`;
  await askFor(page, email);
  const older = await letterTo(email, 1);
  const other = await otherBrowser(browser);
  await askFor(other, email);
  await letterTo(email, 2);
  await other.context().close();

  await page.goto(older.link);
  await choose(page, NEW);
  await expect(page.getByRole("alert")).toContainText("This link is no longer valid.");

  await page.goto("about:blank");
  await page.goto(`${older.link.slice(0, -1)}`);
  await choose(page, NEW);
  await expect(page.getByRole("alert")).toContainText("This link is not right.");

  await page.goto("about:blank");
  await page.goto("/reset-password");
  await expect(page.getByText("This address is not whole.")).toBeVisible();
  await page.getByRole("link", { name: "Ask for a new mail" }).click();
  await expect(heading(page, "Forgot your password?")).toBeVisible();
});

test("who has no account is told the same, and has no mail", async ({ page }) => {
  await askFor(page, "nobody@example.com");
  await expect(page.getByText("If there is an account for nobody@example.com")).toBeVisible();
  // What was asked for afterwards has come.
  await page.request.post("/api/password/reset/", { data: { email: "bob@example.com" } });
  await letterTo("bob@example.com", 1);
  expect(lettersTo("nobody@example.com")).toEqual([]);
});

test("a password is changed with the old one, and every other device is signed out", async ({
  page,
  browser,
  browserName,
}) => {
  const email = `frank-${browserName}@example.com`;
  const other = await otherBrowser(browser);
  for (const each of [other, page]) {
    await each.goto("/sign-in?next=/profile");
    await submitSignIn(each, email, PASSWORD);
    await expect(heading(each, "Profile")).toBeVisible();
  }
  await page.getByRole("link", { name: "Change your password" }).click();
  await expect(heading(page, "Password")).toBeVisible();

  await page.getByLabel("Current password", { exact: true }).fill("not-the-password");
  await page.getByLabel("New password", { exact: true }).fill(NEW);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert")).toContainText("These sign-in details are not right.");
  await expect(page.getByLabel("New password", { exact: true })).toHaveValue(NEW);

  await page.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status")).toHaveText(
    "Your password is changed, and every other device is signed out.",
  );
  await expect(page.getByLabel("New password", { exact: true })).toHaveValue("");
  expect(await isSignedIn(page)).toBe(true);

  await other.reload();
  await expect(heading(other, "Sign in")).toBeVisible();
  await submitSignIn(other, email, NEW);
  await expect(heading(other, "Profile")).toBeVisible();
  await other.context().close();
});
