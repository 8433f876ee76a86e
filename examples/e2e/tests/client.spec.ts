import type { Page, Route } from "@playwright/test";
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

const API = "**/api/**";
const SESSION = "**/api/session/";
const ONLY_FOR_OWNERS = "Only you can read them.";

test("a sign-out reaches a tab in the background within 500 ms", async ({ page, context }) => {
  await signIn(context, "alice");
  const other = await context.newPage();
  await other.goto("/notes");
  await expect(noteInput(other)).toBeVisible();
  await page.goto("/");
  await page.bringToFront();
  await noteWhenGone(other, ONLY_FOR_OWNERS);

  await expect(page.getByText("Hello alice")).toBeVisible();
  await noteWhenGone(page, "Hello alice");
  await signOutButton(page).click();

  await expect(signInForm(other).form).toBeVisible();
  const delay = (await goneAt(other)) - (await goneAt(page));
  expect(delay, "milliseconds from one tab to the other").toBeLessThan(500);
});

test("somebody else who signs in in one tab is somebody else in all", async ({ page, context }) => {
  await signIn(context, "alice");
  const other = await context.newPage();
  await other.goto("/notes");
  await noteInput(other).pressSequentially("A secret of alice");
  await page.goto("/");
  await signOut(page);
  await page.goto("/sign-in");
  await submitSignIn(page, "bob", PASSWORD);
  await expect(page.getByRole("heading", { name: "Hello bob" })).toBeVisible();

  await expect(other.getByRole("banner")).toContainText("Bob");
  await expect(noteInput(other)).toHaveValue("");
});

test("no pixel of a guarded page is shown before the server has answered", async ({ page }) => {
  await page.addInitScript((words) => {
    new MutationObserver(() => {
      if (document.body?.innerText.includes(words)) document.documentElement.dataset.seen = "yes";
    }).observe(document, { childList: true, subtree: true, characterData: true });
  }, ONLY_FOR_OWNERS);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(SESSION, (route) => answered.then(() => route.continue()));

  await page.goto("/notes");
  await expect(page.getByText("Loading your session")).toBeVisible();
  await expect(noteInput(page)).not.toBeAttached();
  answer();

  await expect(signInForm(page).form).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.dataset.seen)).toBeUndefined();
});

test.describe("without an answer", () => {
  test.use({ complaintsFail: false });

  test("what was typed stays, and goes out when the network is back", async ({ page, context }) => {
    await signIn(context, "alice");
    await page.goto("/notes");
    const text = "Written in a tunnel";
    await noteInput(page).pressSequentially(text);
    await page.route(API, cut);
    await page.getByRole("button", { name: "Add note" }).click();
    await expect(page.getByRole("alert")).toContainText("cannot be reached");
    await expect(noteInput(page)).toHaveValue(text);
    await expect(signOutButton(page)).toBeVisible();

    await page.unroute(API, cut);
    await page.getByRole("button", { name: "Add note" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: text })).not.toHaveCount(0);
  });

  test("a page that started offline shows itself when the network is back", async ({
    page,
    context,
  }) => {
    await signIn(context, "alice");
    await page.route(API, cut);
    await page.goto("/notes");
    await expect(page.getByRole("heading", { name: /not available now/ })).toBeVisible();

    await page.unroute(API, cut);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(noteInput(page)).toBeVisible();
  });
});

test.describe("a session that is dead", () => {
  test.use({ refusals: [401] });

  test("is over once, however many requests find out together", async ({ page, context }) => {
    // Not as bob, whose empty list others look at.
    await signIn(context, "alice");
    await page.goto("/notes");
    for (const count of [1, 2, 3, 4]) await addNote(page, `Number ${count}`);
    const asked: string[] = [];
    await context.clearCookies({ name: "sessionid" });
    page.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));

    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>('[aria-label^="Delete note"]')) {
        button.click();
      }
    });

    await expect(page).toHaveURL("/sign-in?next=%2Fnotes");
    await expect(page.getByText("You need to be signed in to go on to /notes.")).toBeVisible();
    expect(asked.filter((line) => line.startsWith("DELETE")).length).toBeGreaterThan(3);
    expect(asked.filter((line) => line.endsWith("/session/"))).toEqual([]);
    await page.goBack();
    await expect(noteInput(page)).not.toBeAttached();
  });
});

test.describe("a tab that did not hear of the others", () => {
  test.use({ refusals: [403] });

  test("renews its token when another has signed in again", async ({ page, context }) => {
    await deafen(page);
    await signIn(context, "alice");
    await page.goto("/notes");
    await noteInput(page).pressSequentially("Sent with the old token");
    const other = await context.newPage();
    await signInAgain(other, "alice");

    await page.getByRole("button", { name: "Add note" }).click();
    await expect(noteInput(page)).toHaveValue("");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await other.goto("/notes");
    await expect(
      other.getByRole("listitem").filter({ hasText: "Sent with the old token" }),
    ).not.toHaveCount(0);
  });

  test("writes nothing in the name of somebody else", async ({ page, context }) => {
    await deafen(page);
    await signIn(context, "alice");
    await page.goto("/notes");
    await noteInput(page).pressSequentially("Only for alice");
    const other = await context.newPage();
    await signInAgain(other, "bob");

    await page.getByRole("button", { name: "Add note" }).click();
    await expect(page.getByRole("banner")).toContainText("Bob");
    await expect(noteInput(page)).toHaveValue("");
    await other.goto("/notes");
    await expect(noteInput(other)).toBeVisible();
    await expect(other.getByText("Only for alice")).toHaveCount(0);
  });
});

function cut(route: Route): Promise<void> {
  return route.abort("internetdisconnected");
}

/** Let the page write down when some words are gone from it. */
async function noteWhenGone(page: Page, words: string): Promise<void> {
  await page.evaluate((gone) => {
    new MutationObserver(() => {
      const root = document.documentElement;
      if (!document.body.innerText.includes(gone)) root.dataset.gone ??= String(Date.now());
    }).observe(document.body, { childList: true, subtree: true });
  }, words);
}

async function goneAt(page: Page): Promise<number> {
  await expect(page.locator("html")).toHaveAttribute("data-gone");
  return page.evaluate(() => Number(document.documentElement.dataset.gone));
}

/** A tab without the channel: an old browser, or a message that came too late. */
async function deafen(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "BroadcastChannel"));
}

async function signInAgain(page: Page, login: string): Promise<void> {
  await page.goto("/");
  await signOut(page);
  await page.goto("/sign-in");
  await submitSignIn(page, login, PASSWORD);
  await expect(page.getByRole("heading", { name: `Hello ${login}` })).toBeVisible();
}
