import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { PASSWORD, signInForm } from "../support/people";

test("signing in needs no mouse, and each stop is visible", async ({ page }) => {
  await page.goto("/sign-in?next=/notes");
  const { form, username, password, remember, submit } = signInForm(page);
  await expect(form).toBeVisible();

  await tabTo(page, "Skip to the content");
  const stops = ["django-spa-auth", "Home", "Notes", "Profile", "Devices", "Activity"];
  for (const stop of stops) await tabTo(page, stop);
  await tabTo(page, "Email or username");
  await expect(username).toBeFocused();
  await page.keyboard.type("alice");
  await tabTo(page, "Password");
  await expect(password).toBeFocused();
  await page.keyboard.type(PASSWORD);

  await tabTo(page, "Show password");
  await expect(password).toHaveAttribute("type", "password");
  await page.keyboard.press("Space");
  await expect(password).toHaveAttribute("type", "text");
  await expect(page.getByRole("button", { name: "Show password", pressed: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(password).toHaveAttribute("type", "password");

  await tabTo(page, "Keep me signed in on this device");
  await expect(remember).toBeChecked();
  await tabTo(page, "Sign in");
  await expect(submit).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/notes");
  await expect(page.getByRole("heading", { name: "Notes", level: 1 })).toBeFocused();
});

test("Enter in a field sends the form", async ({ page }) => {
  await page.goto("/sign-in");
  const { username } = signInForm(page);
  await username.focus();
  await page.keyboard.type("bob");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Hello bob" })).toBeVisible();
});

test("the skip link leads past the header", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(signInForm(page).form).toBeVisible();
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).not.toBeInViewport();
  await tabTo(page, "Skip to the content");
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await tabTo(page, "Email or username");
});

/** One press of Tab must lead to the element of this name, and show that it did. */
async function tabTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Tab");
  const focused = page.locator(":focus");
  await expect(focused).toHaveAccessibleName(name);
  await expect(focused).toHaveCSS("outline-style", "solid");
  const width = await focused.evaluate((element) => getComputedStyle(element).outlineWidth);
  expect(Number.parseFloat(width), `outline of ${name}`).toBeGreaterThanOrEqual(2);
}
