// A28 to A41 of the attacks that are known, from a host of another site and from one of the same. The
// session is seconds old: a cookie without SameSite would be sent along by its grace period (A35).
import type { Page } from "@playwright/test";
import { ATTACKS } from "../support/attacks";
import { expect, signInAs, test } from "../support/matrix";
import type { Stack } from "../support/stacks";

// The form comes last, because it leads away from the page that sends it.
const ON_SIGNED_OUT = ["an opaque fetch of JSON", "a form that signs in"];
const ON_SIGNED_IN = [
  "an opaque fetch of JSON",
  "an opaque fetch that signs out",
  "an opaque fetch that writes a note",
  "a fetch that deletes a note",
  "a fetch that reads who is signed in",
  "a form that writes a note",
];

test.use({ complaintsFail: false });

test("a page of somebody else signs nobody in", async ({ page, stack, attackers }) => {
  await page.goto("/no/such/page");
  await withstand(ON_SIGNED_OUT, page, { attackers, stack });
  expect(await stateSeen(page, stack)).toMatchObject({ status: "anonymous", cookies: [] });
});

test("a page of somebody else changes nothing and reads nothing", async ({
  page,
  stack,
  attackers,
}) => {
  await signInAs(page, "bob");
  const before = await stateSeen(page, stack);
  await withstand(ON_SIGNED_IN, page, { attackers, stack });
  expect(await stateSeen(page, stack)).toEqual(before);
});

test("a page of somebody else shows no page of ours in a frame", async ({
  page,
  stack,
  attackers,
}) => {
  for (const attacker of attackers) {
    await page.goto(attacker);
    const answer = page.waitForResponse(`${stack.app}/sign-in`);
    await frame(page, `${stack.app}/sign-in`);
    expect((await answer).headers()["x-frame-options"]).toBe("DENY");
    // The attacker's own page shows that frames work, and that enough time has passed.
    await frame(page, `${attacker}/own`);
    const shown = page.frames().map((one) => one.getByRole("heading", { name: "You have won" }));
    await expect.poll(async () => Promise.all(shown.map((one) => one.count()))).toEqual([1, 0, 1]);
  }
});

async function withstand(
  names: string[],
  own: Page,
  { attackers, stack }: { attackers: string[]; stack: Stack },
): Promise<void> {
  for (const attacker of attackers) {
    const page = await own.context().newPage();
    await page.goto(attacker);
    for (const name of names) {
      await test.step(`${name}, from ${attacker}`, () => withstandOne(name, page, stack));
    }
    await page.close();
  }
}

async function withstandOne(name: string, page: Page, stack: Stack): Promise<void> {
  const attack = ATTACKS.find((one) => one.name === name);
  if (!attack) throw new Error(`There is no attack called ${name}`);
  const { method, path, statuses } = attack;
  const earlier = stack.statuses(method, path).length;

  const read = await attack.launch(page, stack.api + path);

  expect(read ?? "", "what the attacker could read").toBe("");
  // The server's own word: browsers hide much of what they are told from pages and drivers.
  const answered = () => stack.statuses(method, path).slice(earlier);
  await expect.poll(() => answered().length).toBe(statuses.length > 0 ? 1 : 0);
  for (const status of answered()) expect(statuses).toContain(status);
}

/** What the front end sees, and the cookie of the session. */
async function stateSeen(page: Page, { api }: Stack) {
  const [session, notes] = await page.evaluate(async (origin) => {
    const ask = async (path: string) =>
      (await fetch(`${origin}/api/${path}/`, { credentials: "include" })).json();
    return Promise.all([ask("session"), ask("notes")]);
  }, api);
  const cookies = await page.context().cookies(api);
  return {
    status: session.status,
    user: session.user,
    session: session.session?.id,
    notes,
    cookies: cookies.filter(({ name }) => name.endsWith("sessionid")).map(({ value }) => value),
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
