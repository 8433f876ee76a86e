import type { Page } from "@playwright/test";
import { ATTACKS, type Attack } from "../support/attacks";
import { expect, test } from "../support/fixtures";
import { signIn } from "../support/people";
import { attackers, log, product } from "../support/places";
import { statusesIn } from "../support/product";

test.use({ complaintsFail: false });

for (const attack of ATTACKS) {
  test(`${attack.name} signs nobody in or out and changes nothing`, async ({ context, page }) => {
    await page.goto("/no/such/page");
    await withstand(attack, page);
    await signIn(context, "bob");
    await withstand(attack, page);
  });
}

test("the sign-in page is not shown in a frame of another page", async ({ context }) => {
  const page = await context.newPage();
  for (const attacker of attackers()) {
    await page.goto(attacker);
    const answer = page.waitForResponse(`${product()}/sign-in`);
    await frame(page, `${product()}/sign-in`);
    expect((await answer).headers()["x-frame-options"]).toBe("DENY");
    // The attacker's own page shows that frames work, and that enough time has passed.
    await frame(page, `${attacker}/own`);
    const frames = page.frames().slice(1);
    const shown = frames.map((child) => child.getByRole("heading", { name: "You have won" }));
    expect(frames).toHaveLength(2);
    await expect.poll(async () => Promise.all(shown.map((one) => one.count()))).toEqual([0, 1]);
    for (const child of frames) await expect(child.getByRole("form")).toHaveCount(0);
  }
});

test("third-party cookies are as this project says", async ({ context, thirdPartyCookies }) => {
  const page = await context.newPage();
  const [elsewhere = "", sibling = ""] = attackers();
  await page.goto(`${sibling}/probe`);
  await page.goto(elsewhere);
  const carried = await page.evaluate(
    async (url) => (await fetch(url, { credentials: "include" })).text(),
    `${sibling}/probe`,
  );
  expect(carried).toBe(String(thirdPartyCookies));
});

/** The attack from each of the attacker's places leaves everything as it was. */
async function withstand(attack: Attack, own: Page): Promise<void> {
  const before = await stateSeen(own);
  // The server's own word: browsers hide much of what they are told from pages and drivers.
  const statuses = () => statusesIn(log(), attack.method, attack.path);
  for (const attacker of attackers()) {
    // A page of its own: what a form has sent it to would get in the way of the next one.
    const foreign = await own.context().newPage();
    await foreign.goto(attacker);
    const earlier = statuses().length;

    const read = await attack.launch(foreign, product() + attack.path);

    expect(read ?? "", "what the attacker could read").toBe("");
    if (attack.statuses.length > 0) {
      await expect.poll(() => statuses().length, attacker).toBe(earlier + 1);
      expect(attack.statuses).toContain(statuses().at(-1));
    }
    expect(await stateSeen(own)).toEqual(before);
    await foreign.close();
    if (attack.statuses.length === 0) expect(statuses(), "what was asked").toHaveLength(earlier);
  }
}

/** What a page of the product sees, and the session cookie. */
async function stateSeen(own: Page) {
  const [session, profile, notes] = await own.evaluate(async () => {
    const paths = ["/api/session/", "/api/profile/", "/api/notes/"];
    return Promise.all(paths.map(async (path) => (await fetch(path)).json()));
  });
  const cookies = await own.context().cookies(product());
  return {
    status: session.status,
    user: session.user,
    session: session.session?.id,
    profile,
    notes,
    cookie: cookies.filter(({ name }) => name === "sessionid").map(({ value }) => value),
  };
}

async function frame(page: Page, url: string): Promise<void> {
  await page.evaluate(
    (src) =>
      new Promise<void>((resolve) => {
        const element = document.createElement("iframe");
        element.onload = () => resolve();
        element.src = src;
        document.body.append(element);
      }),
    url,
  );
}
