import type { Browser, BrowserContext, Cookie, Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";
import { product } from "./places";

export const PASSWORD = "correct-horse-battery-staple";

/** Whom all tests share and none changes, and those that `product.ts` has beside them. */
export type Name = "alice" | "bob" | `${string}-${string}`;

const known = new Map<Name, Cookie[]>();

/**
 * Be signed in, for tests of something else. Hashing a password is slow on purpose, so a session
 * that an earlier test of this worker began is used again while it lives.
 */
export async function signIn(context: BrowserContext, name: Name): Promise<void> {
  await context.addCookies(known.get(name) ?? []);
  const session = await (await context.request.get("/api/session/")).json();
  if (session.isAuthenticated) return;
  const answer = await context.request.post("/api/login/", {
    data: { login: `${name}@example.com`, password: PASSWORD },
  });
  expect(answer.status()).toBe(200);
  known.set(name, await context.cookies(product()));
}

/** Fill in the sign-in page and send it. */
export async function submitSignIn(page: Page, login: string, password: string): Promise<void> {
  const { username, password: secret, submit } = signInForm(page);
  await username.fill(login);
  await secret.fill(password);
  await submit.click();
}

export function signInForm(page: Page) {
  const form = page.getByRole("form", { name: "Sign in" });
  return {
    form,
    username: form.getByLabel("Email or username"),
    password: form.getByLabel("Password", { exact: true }),
    remember: form.getByLabel("Keep me signed in"),
    submit: form.getByRole("button", { name: "Sign in" }),
  };
}

/** The pages that only somebody signed in sees. */
const GUARDED = /^\/(notes|profile|password|devices|activity|tokens|account)$/;

export async function signOut(page: Page): Promise<void> {
  const guarded = GUARDED.test(new URL(page.url()).pathname);
  await signOutButton(page).click();
  await expect(page.getByRole("status")).toHaveText("You are signed out.");
  // Such a page moves by itself, and of two moves at once Firefox gives one up.
  if (guarded) await expect(page).toHaveURL(/sign-in/);
}

export function signOutButton(page: Page): Locator {
  return page.getByRole("button", { name: "Sign out" });
}

/**
 * Write a note with real keys: in Firefox, `fill` sets the value behind React's back, which then
 * takes it for unchanged.
 */
export async function addNote(page: Page, text: string): Promise<void> {
  await noteInput(page).pressSequentially(text);
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(noteInput(page)).toHaveValue("");
}

export function noteInput(page: Page): Locator {
  return page.getByRole("textbox", { name: "New note" });
}

/** Replace an address with real keys: Firefox has no selection in such an input, so `fill` appends. */
export async function retype(input: Locator, text: string): Promise<void> {
  await input.press("ControlOrMeta+a");
  await input.pressSequentially(text);
}

let newcomers = 0;

/** An address that nobody here has, and that no test has used up: an hour brings it a few mails. */
export function newAddress(): string {
  newcomers += 1;
  return `newcomer-${newcomers}@example.com`;
}

/** A browser that knows nothing of the others. Close its context. */
export async function otherBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: product() });
  return context.newPage();
}

/** What scanners of mail do with a link: fetch it, and open it in a browser. Nothing is pressed. */
export async function scan(browser: Browser, link: string): Promise<void> {
  const scanner = await otherBrowser(browser);
  await scanner.request.get(link);
  await scanner.request.head(link);
  await scanner.goto(link);
  await expect(scanner.getByRole("heading", { level: 1 })).toBeVisible();
  await scanner.waitForLoadState("networkidle");
  await scanner.context().close();
}

export async function isSignedIn(page: Page): Promise<boolean> {
  return (await (await page.request.get("/api/session/")).json()).isAuthenticated;
}

/** Six digits that are not these. */
export function wrongCode(code: string): string {
  return String(Number(code) === 0 ? 1 : 0).repeat(6);
}
