// A22 and A24 of the attacks that are known: a host of the same site plants cookies.
import type { Browser, Page } from "@playwright/test";
import { expect, signInAs, test } from "../support/matrix";
import type { Stack } from "../support/stacks";

// More than any browser keeps for one site (Chromium 180, Firefox 180).
const FLOOD = 260;
// What Django takes for white space around a name, and browsers do not.
const LOOKALIKE = "\u2000__Host-sessionid";
const NAMES = ["sessionid", "csrftoken", "__Host-sessionid", "__Secure-sessionid", LOOKALIKE];

test.use({ complaintsFail: false });

test("a sibling host cannot swap the session by planting cookies", async ({
  page,
  browser,
  stack,
  attackers,
}) => {
  const key = await keyOfAttacker(browser, stack);
  await signInAs(page, "bob");
  const sibling = await visit(page, attackers.at(-1));
  for (const path of ["/", "/api/", "/api/session/"]) {
    for (const name of NAMES) await plant(sibling, `${name}=${key}; Path=${path}`);
  }
  expect(await namesSent(page, stack)).toContain("sessionid");
  // Signed out at worst: granian drops a Cookie header that is not ASCII, others let us refuse it.
  expect(await whoIsSeen(page, stack)).toMatch(/^(bob|nobody|cookie_ambiguous)$/);
});

test("a sibling host that fills the jar signs nobody else in, and the next sign-in is kept", async ({
  page,
  stack,
  attackers,
}) => {
  await signInAs(page, "bob");
  const sibling = await visit(page, attackers.at(-1));
  for (let number = 0; number < FLOOD; number += 1)
    await plant(sibling, `flood${number}=x; Path=/`);
  expect((await namesSent(page, stack)).length).toBeGreaterThan(100);
  const left = await whoIsSeen(page, stack);
  expect(left).toMatch(/^(bob|nobody)$/);

  if (left === "nobody") await signInAs(page, "bob");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Hello bob" })).toBeVisible();
  expect(await whoIsSeen(page, stack)).toBe("bob");
});

/** The session of somebody who has an account here, in a browser of their own. */
async function keyOfAttacker(browser: Browser, stack: Stack): Promise<string> {
  const context = await browser.newContext({ baseURL: stack.app, ignoreHTTPSErrors: true });
  await signInAs(await context.newPage(), "alice");
  const cookies = await context.cookies(stack.api);
  await context.close();
  return cookies.find(({ name }) => name === "__Host-sessionid")?.value ?? "";
}

async function visit(own: Page, origin = ""): Promise<Page> {
  const page = await own.context().newPage();
  await page.goto(origin);
  return page;
}

async function plant(page: Page, cookie: string): Promise<void> {
  await page.evaluate((text) => {
    const site = location.hostname.split(".").slice(-2).join(".");
    // biome-ignore lint/suspicious/noDocumentCookie: an attacker's script, in every browser
    document.cookie = `${text}; Domain=${site}; Secure; SameSite=None`;
  }, cookie);
}

/** The cookies in the jar for the API: so the browser has taken what was planted. */
async function namesSent(page: Page, { api }: Stack): Promise<string[]> {
  return (await page.context().cookies(api)).map(({ name }) => name);
}

/** Who the front end's page is told to be: a name, "nobody", or the code of a refusal. */
async function whoIsSeen(page: Page, { api }: Stack): Promise<string> {
  const answer = await page.evaluate(
    async (url) => (await fetch(url, { credentials: "include" })).json(),
    `${api}/api/session/`,
  );
  return answer.user?.username ?? answer.code ?? "nobody";
}
