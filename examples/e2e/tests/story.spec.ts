import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import {
  addNote,
  noteInput,
  PASSWORD,
  signIn,
  signInForm,
  signOut,
  signOutButton,
  submitSignIn,
} from "../support/people";
import { product } from "../support/places";

const WRONG = "These sign-in details are not right.";

test.describe("a wrong password", () => {
  test.use({ refusals: [400] });

  test("is announced and focused, loses nothing, and the right one signs in", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "Go to the sign-in page" }).click();
    await expect(page.getByRole("heading", { name: "Sign in", level: 1 })).toBeFocused();

    await submitSignIn(page, "alice@example.com", "not-the-password");

    const alert = page.getByRole("alert");
    await expect(alert).toContainText(WRONG);
    await expect(alert).toBeFocused();
    const { username, password } = signInForm(page);
    await expect(username).toHaveValue("alice@example.com");
    await expect(password).toHaveValue("not-the-password");

    await submitSignIn(page, "alice@example.com", PASSWORD);
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("heading", { name: "Hello alice" })).toBeVisible();
    await expect(page.getByRole("status")).toHaveText("Signed in as Alice.");
  });

  test("and an unknown user are told apart by nobody", async ({ page }) => {
    await page.goto("/sign-in");
    await submitSignIn(page, "nobody@example.com", PASSWORD);
    await expect(page.getByRole("alert")).toContainText(WRONG);
  });
});

test("empty fields are pointed at, and the links of the summary lead to them", async ({ page }) => {
  await page.goto("/sign-in?next=/notes");
  const { username, password, submit } = signInForm(page);
  await submit.click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(username).toHaveAttribute("aria-invalid", "true");
  await expect(password).toHaveAccessibleDescription("Enter your password.");
  await page.getByRole("link", { name: "Enter your password." }).click();
  await expect(password).toBeFocused();
  await expect(page).toHaveURL("/sign-in?next=/notes");
});

test("a user name signs in, a reload and a new tab keep the session", async ({ page, context }) => {
  await page.goto("/sign-in");
  await submitSignIn(page, "bob", PASSWORD);
  await expect(page.getByRole("heading", { name: "Hello bob" })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("heading", { name: "Hello bob" })).toBeVisible();

  const deep = await context.newPage();
  await deep.goto("/notes");
  await expect(deep.getByRole("heading", { name: "Notes", level: 1 })).toBeVisible();
  await expect(noteInput(deep)).toBeVisible();
});

test("a guarded page waits for the sign-in and then opens where it was asked for", async ({
  page,
}) => {
  await page.goto("/profile?from=mail#names");
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent("/profile?from=mail#names")}`);
  await submitSignIn(page, "bob", PASSWORD);
  await expect(page).toHaveURL("/profile?from=mail#names");
  await expect(page.getByRole("form", { name: "Profile" })).toBeVisible();
});

test("a sign-in link that leads to another site leads home", async ({ page, context }) => {
  await signIn(context, "bob");
  for (const next of [
    "https://other.test/",
    "//other.test/",
    "/\\other.test/",
    "/.//other.test/",
  ]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page.getByRole("heading", { name: "Hello bob" })).toBeVisible();
    await expect(page).toHaveURL("/");
  }
});

test("a note is added and deleted, and both are announced", async ({ page, context }, info) => {
  await signIn(context, "alice");
  await page.goto("/notes");
  const text = `Water the plants ${info.project.name}`;
  const note = page.getByRole("listitem").filter({ hasText: text });
  const input = noteInput(page);

  await addNote(page, text);
  await expect(note).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("Note added.");
  await expect(input).toBeFocused();

  await page.reload();
  await note.getByRole("button", { name: "Delete note" }).click();
  await expect(note).toHaveCount(0);
  await expect(page.getByRole("status")).toHaveText("Note deleted.");
  await page.reload();
  await expect(page.getByRole("heading", { level: 2, name: /notes?$/ })).toBeVisible();
  await expect(note).toHaveCount(0);
});

test("the profile is edited, and the other tab knows", async ({ page, context, browserName }) => {
  await signIn(context, `sybil-${browserName}`);
  const other = await context.newPage();
  await other.goto("/");
  await page.goto("/profile");
  const name = "Sybil Anne";
  await page.getByLabel("First name").fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Your profile is saved.");
  await expect(page.getByRole("banner")).toContainText(name);
  await expect(other.getByRole("banner")).toContainText(name);
  await page.reload();
  await expect(page.getByLabel("First name")).toHaveValue(name);
});

test.describe("a user name with an @", () => {
  test.use({ refusals: [400] });

  test("is refused beside the field, and nothing typed is lost", async ({ page, context }) => {
    await signIn(context, "bob");
    await page.goto("/profile");
    const username = page.getByLabel("Username");
    await username.fill("a@b");
    await page.getByLabel("Last name").fill("Builder");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toBeFocused();
    await expect(username).toHaveAttribute("aria-invalid", "true");
    await expect(username).toHaveAccessibleDescription(/@/);
    await expect(username).toHaveValue("a@b");
    await expect(page.getByLabel("Last name")).toHaveValue("Builder");
    await page.reload();
    await expect(username).toHaveValue("bob");
    await expect(page.getByLabel("Last name")).toHaveValue("");
  });
});

test("signing out ends it in every tab, and Back shows no data", async ({ page, context }) => {
  await page.goto("/sign-in?next=/notes");
  await submitSignIn(page, "alice", PASSWORD);
  await expect(noteInput(page)).toBeVisible();
  await page.getByRole("link", { name: "Profile" }).click();
  await expect(page.getByLabel("Username")).toHaveValue("alice");
  const other = await context.newPage();
  await other.goto("/profile");
  await expect(other.getByLabel("Username")).toHaveValue("alice");

  await signOut(page);

  await expectSignedOut(page);
  await expectSignedOut(other);
  await page.goBack();
  await expectSignedOut(page);
  await other.reload();
  await expectSignedOut(other);
});

test("Back from another document shows no data either", async ({ page, context }) => {
  await signIn(context, "alice");
  await page.goto("/profile");
  await expect(page.getByLabel("Username")).toHaveValue("alice");
  await page.goto("/favicon.ico");
  const other = await context.newPage();
  // Not the home page: what it asks for may still be on its way when the session ends.
  await other.goto("/profile");
  await signOut(other);

  await page.goBack();

  await expectSignedOut(page);
});

for (const remember of [true, false]) {
  const promise = remember ? "outlives" : "ends with";
  test(`a session with remember: ${remember} ${promise} the browser`, async ({ page, context }) => {
    await page.goto("/sign-in");
    await signInForm(page).remember.setChecked(remember);
    await submitSignIn(page, "bob", PASSWORD);
    await expect(signOutButton(page)).toBeVisible();
    const cookies = await context.cookies(product());
    const expires = cookies.find(({ name }) => name === "sessionid")?.expires ?? 0;
    if (remember) expect(expires).toBeGreaterThan(Date.now() / 1000 + 89 * 86_400);
    else expect(expires).toBe(-1);
  });
}

async function expectSignedOut(page: Page): Promise<void> {
  await expect(
    page.getByRole("link", { name: "Sign in", exact: true }).or(signInForm(page).form),
  ).toBeVisible();
  await expect(signOutButton(page)).toHaveCount(0);
  await expect(page.getByText("alice", { exact: true })).not.toBeAttached();
  await expect(page.getByLabel("Username", { exact: true })).toHaveCount(0);
}
