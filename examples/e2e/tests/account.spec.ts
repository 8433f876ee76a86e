import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { letterAbout } from "../support/mail";
import { isSignedIn, otherBrowser, PASSWORD, submitSignIn } from "../support/people";
import { dataFolder } from "../support/places";
import { ageProofs } from "../support/product";

test.use({ refusals: [400, 401, 403] });

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const question = (page: Page) => page.getByRole("alertdialog", { name: "Delete your account?" });
const proof = (page: Page) => page.getByRole("dialog", { name: "Confirm that it is you" });

async function openAccount(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in?next=/profile");
  await submitSignIn(page, email, PASSWORD);
  await page.getByRole("link", { name: "Your data and account" }).click();
  await expect(heading(page, "Your data and account")).toBeVisible();
}

async function deleteForEver(page: Page): Promise<void> {
  await button(page, "Delete my account").click();
  await button(page, "Delete for ever").click();
}

async function expectGone(page: Page, email: string): Promise<void> {
  await expect(heading(page, "Come in and look around")).toBeVisible();
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("status")).toHaveText("Your account is deleted.");
  await letterAbout("Your account was deleted", email);
  await page.goto("/sign-in");
  await submitSignIn(page, email, PASSWORD);
  await expect(page.getByRole("alert")).toContainText("These sign-in details are not right.");
}

test("an account is deleted after a question, and every tab hears of it", async ({
  page,
  context,
  browserName,
}) => {
  const email = `mia-${browserName}@example.com`;
  await openAccount(page, email);
  const tab = await context.newPage();
  await tab.goto("/notes");
  await expect(heading(tab, "Notes")).toBeVisible();
  await page.bringToFront();

  await test.step("Esc keeps it", async () => {
    await button(page, "Delete my account").click();
    await expect(question(page)).toContainText("Nobody can bring it back.");
    await expect(button(page, "Keep my account")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(question(page)).toHaveCount(0);
    await expect(button(page, "Delete my account")).toBeFocused();
    expect(await isSignedIn(page)).toBe(true);
  });

  await deleteForEver(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(heading(tab, "Sign in")).toBeVisible();
  await expectGone(page, email);
});

test("a proof that is old is asked for in between, and every device is signed out", async ({
  page,
  browser,
  browserName,
}) => {
  const email = `noah-${browserName}@example.com`;
  const other = await otherBrowser(browser);
  await other.goto("/sign-in?next=/notes");
  await submitSignIn(other, email, PASSWORD);
  await expect(heading(other, "Notes")).toBeVisible();
  await openAccount(page, email);
  ageProofs(dataFolder(), email);

  await test.step("who cancels keeps the account", async () => {
    await deleteForEver(page);
    await proof(page).getByRole("button", { name: "Cancel" }).click();
    await expect(proof(page)).toHaveCount(0);
    await expect(page.getByText("Confirm that it is you, then try again.").first()).toBeVisible();
    expect(await isSignedIn(page)).toBe(true);
  });

  await deleteForEver(page);
  const password = proof(page).getByLabel("Password", { exact: true });
  await password.fill("not-the-password");
  await password.press("Enter");
  await expect(proof(page).getByRole("alert")).toContainText(
    "These sign-in details are not right.",
  );
  expect(await isSignedIn(page)).toBe(true);
  await password.fill(PASSWORD);
  await password.press("Enter");
  await expect(heading(page, "Come in and look around")).toBeVisible();
  expect(await isSignedIn(other)).toBe(false);
  await expectGone(page, email);
  await other.context().close();
});

test("a copy of the data is a file without a secret", async ({ page, context, browserName }) => {
  const email = `olga-${browserName}@example.com`;
  await openAccount(page, email);
  const answer = page.waitForResponse("**/api/account/export/");
  // Playwright does not hear of a file that a page has made where it drives a stock Firefox.
  const download = browserName === "chromium" ? page.waitForEvent("download") : undefined;
  await button(page, "Download a copy of your data").click();
  await expect(page.getByRole("status")).toHaveText("Your copy is downloaded.");
  const text = await (await answer).text();
  const file = await download;
  if (file) {
    expect(file.suggestedFilename()).toMatch(/^account-\d{4}-\d\d-\d\d\.json$/);
    expect(JSON.parse(await readFile(await file.path(), "utf8"))).toEqual(JSON.parse(text));
  }

  const { sections } = JSON.parse(text);
  expect(sections.account).toMatchObject({ email });
  expect(sections.sessions).toHaveLength(1);
  expect(sections.activity).not.toHaveLength(0);
  const { csrfToken } = await (await page.request.get("/api/session/")).json();
  const secrets = (await context.cookies()).map(({ value }) => value);
  expect(secrets).not.toHaveLength(0);
  for (const secret of [csrfToken, ...secrets, "pbkdf2", "argon2", "scrypt"]) {
    expect(text).not.toContain(secret);
  }
});

test("a link that brings nobody back says so, and half of one leads nowhere", async ({ page }) => {
  await page.goto("/restore-account#token=mangled");
  await button(page, "Bring my account back").click();
  await expect(page.getByRole("status")).toHaveText(/This link is not right\./);
  await page.goto("about:blank");
  await page.goto("/restore-account");
  await expect(page.getByText("This address is not whole.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await expect(heading(page, "Sign in")).toBeVisible();
});
