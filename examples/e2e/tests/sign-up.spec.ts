import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { letterAbout, lettersTo } from "../support/mail";
import {
  isSignedIn,
  otherBrowser,
  PASSWORD,
  retype,
  scan,
  signOut,
  submitSignIn,
  wrongCode,
} from "../support/people";

const NEW = "another-long-sentence-of-words";
const SUBJECT = "Finish making your account";

test.use({ refusals: [400] });

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const password = (page: Page) => page.getByLabel("Password", { exact: true });
const code = (page: Page) => page.getByLabel("Code from the mail");

async function ask(page: Page, name: string, secret = NEW): Promise<string> {
  const email = `${name}@example.com`;
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Make an account" }).click();
  await expect(heading(page, "Sign up")).toBeVisible();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Username").fill(name);
  await password(page).fill(secret);
  await page.getByRole("button", { name: "Sign up" }).click();
  return email;
}

async function finish(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Finish signing up" }).click();
}

test("an account is made by the code of a mail, on the page that asked", async ({
  page,
  browserName,
}) => {
  const name = `nina-${browserName}`;
  const email = await ask(page, name, "password");
  await expect(password(page)).toHaveAccessibleDescription(/too common/);
  await password(page).fill(NEW);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(heading(page, "Check your mail")).toBeFocused();
  await expect(page.getByText(`on its way to ${email}`)).toBeVisible();
  const letter = await letterAbout(SUBJECT, email);

  await code(page).fill(wrongCode(letter.code));
  await finish(page);
  await expect(page.getByRole("alert")).toContainText("That code is not right.");
  await code(page).fill(`${letter.code.slice(0, 3)} ${letter.code.slice(3)}`);
  await finish(page);
  await expect(heading(page, `Hello ${name}`)).toBeVisible();
  await expect(page).toHaveURL("/");

  // A page that asks for nothing any more, which would be refused in between.
  await page.goto("/profile");
  await signOut(page);
  await page.goto("/sign-in");
  await submitSignIn(page, email, NEW);
  await expect(heading(page, `Hello ${name}`)).toBeVisible();
});

test("an account is made by the link of a mail, in another browser", async ({
  page,
  browser,
  browserName,
}) => {
  const name = `rosa-${browserName}`;
  const email = await ask(page, name);
  const { link } = await letterAbout(SUBJECT, email);
  await scan(browser, link);

  const there = await otherBrowser(browser);
  await there.goto(link);
  await expect(there.getByLabel("Email")).toHaveCount(0);
  await there.getByLabel("Username").fill("alice");
  await password(there).fill(NEW);
  await finish(there);
  await test.step("a name that is taken is said, and the link still works", async () => {
    await expect(there.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
    await there.getByLabel("Username").fill(name);
    await finish(there);
  });
  await expect(heading(there, `Hello ${name}`)).toBeVisible();
  await expect(there).toHaveURL("/");
  await there.context().close();
  expect(await isSignedIn(page)).toBe(false);

  await test.step("the link works once, and the page leads to a new mail", async () => {
    await page.goto(link);
    await page.getByLabel("Username").fill(`${name}-2`);
    await password(page).fill(NEW);
    await finish(page);
    await expect(page.getByRole("alert")).toContainText(/used before|no longer valid/);
    await page.goto("about:blank");
    await page.goto(link.slice(0, -1));
    await page.getByLabel("Username").fill(`${name}-2`);
    await password(page).fill(NEW);
    await finish(page);
    await expect(page.getByRole("alert")).toContainText("This link is not right.");
    await page.getByRole("link", { name: "Ask for a new mail" }).click();
    await expect(page.getByLabel("Email")).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
});

test("a name that somebody took meanwhile is asked for again, with the same code", async ({
  page,
  browserName,
}) => {
  const name = `pia-${browserName}`;
  const email = await ask(page, name);
  await expect(heading(page, "Check your mail")).toBeVisible();
  const letter = await letterAbout(SUBJECT, email);
  const rival = await ask(await page.context().newPage(), `rival-${browserName}`);
  const { code: theirs } = await letterAbout(SUBJECT, rival);
  const made = await page.request.post("/api/signup/finish/", {
    data: { email: rival, code: theirs, username: name, password: NEW },
  });
  expect(made.status()).toBe(200);
  await page.context().clearCookies();

  await code(page).fill(letter.code);
  await finish(page);
  await expect(page.getByLabel("Username")).toBeVisible();
  await page.getByLabel("Username").fill(`${name}-2`);
  await finish(page);
  await expect(heading(page, `Hello ${name}-2`)).toBeVisible();
});

test("who has an account is told so by mail, and nobody else is", async ({ page, browserName }) => {
  const taken = `carol-${browserName}@example.com`;
  await page.goto("/sign-up");
  await page.getByLabel("Email").fill(taken);
  await page.getByLabel("Username").fill(`carol-again-${browserName}`);
  await password(page).fill(NEW);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(heading(page, "Check your mail")).toBeVisible();
  await expect(page.getByText(`on its way to ${taken}`)).toBeVisible();
  const letter = await letterAbout("You have an account already", taken);
  expect(letter.link).toContain("/sign-in");
  expect(letter.code).toBe("");

  await test.step("another address is used, and nothing else is typed again", async () => {
    await page.getByRole("button", { name: "Use another address" }).click();
    await expect(page.getByLabel("Email")).toBeFocused();
    const email = `carol-again-${browserName}@example.com`;
    await retype(page.getByLabel("Email"), email);
    await page.getByRole("button", { name: "Sign up" }).click();
    await code(page).fill((await letterAbout(SUBJECT, email)).code);
    await finish(page);
    await expect(heading(page, `Hello carol-again-${browserName}`)).toBeVisible();
  });
});

test("a user name that is taken is said before any mail is sent", async ({ page, browserName }) => {
  await page.goto("/sign-up");
  const email = `quinn-${browserName}@example.com`;
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Username").fill("alice");
  await password(page).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  expect(lettersTo(email)).toEqual([]);
  const stored = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]);
  expect(await page.evaluate(stored)).not.toContain(PASSWORD);
});
