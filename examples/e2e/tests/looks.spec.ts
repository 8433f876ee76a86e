import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible";
import { expect, test } from "../support/fixtures";
import {
  addNote,
  type Name,
  newAddress,
  signIn,
  signInForm,
  submitSignIn,
} from "../support/people";
import { FRONT_END } from "../support/product";

const SCREENSHOTS = join(import.meta.dirname, "..", "screenshots");

const WIDTHS = [1280, 390];

interface View {
  name: string;
  path: string;
  as?: Name;
  /** What must be there before anybody looks. */
  ready: (page: Page) => Promise<void>;
}

const heading = (name: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole("heading", { name })).toBeVisible();
};

const VIEWS: View[] = [
  { name: "home-signed-out", path: "/", ready: heading("Come in and look around") },
  { name: "sign-in", path: "/sign-in", ready: heading("Sign in") },
  { name: "sign-in-for-a-page", path: "/notes", ready: heading("Sign in") },
  { name: "sign-in-refused", path: "/sign-in", ready: refusedSignIn },
  { name: "forgot-password", path: "/forgot-password", ready: heading("Forgot your password?") },
  { name: "forgot-password-sent", path: "/forgot-password", ready: mailSent },
  { name: "reset-password", path: "/reset-password#token=x", ready: refusedReset },
  { name: "reset-password-no-link", path: "/reset-password", ready: heading("Choose a new") },
  { name: "sign-up", path: "/sign-up", ready: heading("Sign up") },
  { name: "sign-up-refused", path: "/sign-up", ready: refusedSignUp },
  { name: "sign-up-sent", path: "/sign-up", ready: signUpSent },
  { name: "sign-up-link", path: "/sign-up#token=x", ready: passwordAsked },
  { name: "verify-email", path: "/verify-email#token=x", ready: refusedVerification },
  { name: "sign-in-by-mail", path: "/sign-in-by-mail", ready: heading("Sign in by mail") },
  { name: "sign-in-by-mail-link", path: "/sign-in-by-mail#token=x", ready: heading("Sign in by") },
  { name: "change-email", path: "/change-email", as: "alice", ready: newAddressAsked },
  { name: "change-email-sent", path: "/change-email", as: "alice", ready: changeSent },
  {
    name: "confirm-email",
    path: "/change-email#token=x",
    as: "alice",
    ready: heading("Change your"),
  },
  { name: "undo-email", path: "/undo-email#token=x", ready: heading("Bring back your address") },
  { name: "restore-account", path: "/restore-account#token=x", ready: refusedReturn },
  { name: "home-signed-in", path: "/", as: "alice", ready: homeWithFacts },
  { name: "notes-empty", path: "/notes", as: "bob", ready: heading("0 notes") },
  { name: "notes", path: "/notes", as: "alice", ready: notesWithContent },
  { name: "profile", path: "/profile", as: "alice", ready: heading("Profile") },
  { name: "profile-refused", path: "/profile", as: "alice", ready: refusedProfile },
  { name: "password", path: "/password", as: "alice", ready: heading("Password") },
  { name: "account", path: "/account", as: "alice", ready: deletionExplained },
  { name: "account-asked", path: "/account", as: "alice", ready: deletionAsked },
  { name: "devices", path: "/devices", as: "alice", ready: thisDevice },
  { name: "activity", path: "/activity", as: "alice", ready: signedInHere },
  { name: "tokens", path: "/tokens", as: "bob", ready: tokenMade },
  { name: "tokens-refused", path: "/tokens", as: "bob", ready: refusedToken },
  { name: "tokens-asked", path: "/tokens", as: "bob", ready: revocationAsked },
  { name: "not-found", path: "/no/such/page", ready: heading("There is no such page") },
];

test.use({ refusals: [400, 401], contextOptions: { reducedMotion: "reduce" } });

for (const { name, path, as, ready } of VIEWS) {
  test(`${name} is accessible, light and dark, wide and narrow`, async ({
    page,
    context,
    schemes,
    browserName,
  }) => {
    if (as) await signIn(context, as);
    await page.goto(path);
    await ready(page);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate(schemeSeen)).toBe(colorScheme);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const file = `${name}-${colorScheme}-${width}.png`;
        await page.screenshot({
          path: join(SCREENSHOTS, FRONT_END, browserName, file),
          fullPage: true,
        });
        await test.step(`${colorScheme}, ${width} px`, () => expectAccessible(page));
      }
    }
  });
}

function schemeSeen() {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

async function refusedSignIn(page: Page): Promise<void> {
  await submitSignIn(page, "somebody@example.com", "wrong");
  await expect(page.getByRole("alert")).toBeFocused();
  await signInForm(page).password.focus();
}

async function mailSent(page: Page): Promise<void> {
  await page.getByLabel("Email").fill(newAddress());
  await page.getByRole("button", { name: "Send me a link" }).click();
  await heading("Check your mail")(page);
}

async function refusedReset(page: Page): Promise<void> {
  await page.getByLabel("New password", { exact: true }).fill("another-long-sentence-of-words");
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
}

async function passwordAsked(page: Page): Promise<void> {
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
}

async function signUp(page: Page, username: string): Promise<void> {
  await page.getByLabel("Email").fill(newAddress());
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill("another-long-sentence-of-words");
  await page.getByRole("button", { name: "Sign up" }).click();
}

async function refusedSignUp(page: Page): Promise<void> {
  await signUp(page, "alice");
  await expect(page.getByRole("alert")).toBeFocused();
}

async function signUpSent(page: Page): Promise<void> {
  await signUp(page, "nobody");
  await heading("Check your mail")(page);
}

async function refusedVerification(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Confirm your address" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
}

async function newAddressAsked(page: Page): Promise<void> {
  await expect(page.getByLabel("New email")).toBeVisible();
}

async function changeSent(page: Page): Promise<void> {
  await page.getByLabel("New email").fill("alice-new@example.com");
  await page.getByRole("button", { name: "Send me a mail" }).click();
  await heading("Check your mail")(page);
}

async function homeWithFacts(page: Page): Promise<void> {
  await heading("Hello alice")(page);
  // A dash stands where an answer is still awaited.
  await expect(page.getByRole("definition").filter({ hasText: "\u2013" })).toHaveCount(0);
}

async function notesWithContent(page: Page): Promise<void> {
  const notes = ["Buy bread", `A long one: ${"words and more ".repeat(7)}`, "x".repeat(60)];
  for (const text of notes) {
    await addNote(page, text);
    await expect(page.getByRole("listitem").filter({ hasText: text.trim() })).not.toHaveCount(0);
  }
}

async function thisDevice(page: Page): Promise<void> {
  await expect(page.getByText("This device")).toBeVisible();
}

async function signedInHere(page: Page): Promise<void> {
  await expect(page.getByRole("listitem").filter({ hasText: "This device" })).not.toHaveCount(0);
}

async function refusedReturn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Bring my account back" }).click();
  await expect(page.getByText("This link is not right.").first()).toBeVisible();
}

async function deletionExplained(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Delete my account" })).toBeVisible();
}

async function deletionAsked(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByRole("button", { name: "Keep my account" })).toBeFocused();
}

async function tokenMade(page: Page): Promise<void> {
  await page.getByLabel("What is it for?").fill("Backup of every night");
  await page.getByLabel("Read your notes").check();
  await page.getByRole("button", { name: "Make token" }).click();
  await expect(page.getByRole("region", { name: /New token/ })).toBeFocused();
  await page.getByRole("button", { name: "Copy" }).click();
}

async function refusedToken(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make token" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
}

async function revocationAsked(page: Page): Promise<void> {
  await tokenMade(page);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Revoke: Backup" }).first().click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
}

async function refusedProfile(page: Page): Promise<void> {
  await page.getByLabel("Username").fill("a@b");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
}
