import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { letterAbout } from "../support/mail";
import { PASSWORD, signIn } from "../support/people";

test.use({ refusals: [400] });

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

test("somebody changes the language while signing up, and everything goes on in it", async ({
  page,
  browserName,
}) => {
  const name = `greta-${browserName}`;
  const email = `${name}@example.com`;
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Username").fill(name);
  await page.getByLabel("Password", { exact: true }).fill("password");

  await page.getByLabel("Language").focus();
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(heading(page, "Registrieren")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByLabel("Sprache")).toBeFocused();
  await expect(page.getByLabel("E-Mail-Adresse")).toHaveValue(email);
  await expect(page.getByLabel("Benutzername")).toHaveValue(name);
  const password = page.getByLabel("Passwort", { exact: true });
  await expect(password).toHaveValue("password");

  await page.getByRole("button", { name: "Registrieren" }).click();
  await expect(password).toHaveAccessibleDescription(/Dieses Passwort ist zu üblich/);
  await password.fill("ein-langer-satz-aus-wörtern");
  await page.getByRole("button", { name: "Registrieren" }).click();
  await expect(heading(page, "Sehen Sie in Ihrem Postfach nach")).toBeFocused();

  const { code } = await letterAbout("Registrierung abschließen", email);
  await page.getByLabel("Code aus der E-Mail").fill(code);
  await page.getByRole("button", { name: "Registrierung abschließen" }).click();
  await expect(page.getByRole("button", { name: "Abmelden" })).toBeVisible();
});

test("the language that was chosen is there from the start of the next visit", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(heading(page, "Anmelden")).toBeVisible();
  const session = page.waitForRequest("**/api/session/");
  await page.reload();
  expect((await session).headers()["accept-language"]).toBe("de");
  await expect(heading(page, "Anmelden")).toBeVisible();
  await expect(page).toHaveTitle("Anmelden - django-spa-auth");
});

test("what the server said is asked for again in the other language", async ({ page, context }) => {
  await signIn(context, "alice");
  await page.goto("/");
  await expect(heading(page, "Hello alice")).toBeVisible();
  await page.getByLabel("Language").selectOption("Deutsch");
  await expect(heading(page, "Hallo alice")).toBeVisible();
  await page.getByLabel("Sprache").selectOption("English");
  await expect(heading(page, "Hello alice")).toBeVisible();
});

test.describe("of a browser that prefers German", () => {
  test.use({ locale: "de-AT" });

  test("the first word is German, and English can be chosen", async ({ page }) => {
    const said: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/")) said.push(request.headers()["accept-language"] ?? "");
    });
    await page.goto("/sign-in");
    await expect(heading(page, "Anmelden")).toBeVisible();
    await page.getByLabel("Passwort", { exact: true }).fill(PASSWORD);
    await page.getByLabel("E-Mail-Adresse oder Benutzername").fill("nobody");
    await page.getByRole("button", { name: "Anmelden" }).click();
    await expect(page.getByRole("alert")).toHaveText("Diese Anmeldedaten sind nicht richtig.");
    expect(new Set(said)).toEqual(new Set(["de"]));
    await page.getByLabel("Sprache").selectOption("English");
    await expect(heading(page, "Sign in")).toBeVisible();
  });
});
