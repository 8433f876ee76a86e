// The mistakes of the tutorials, tried in browsers: whoever has a page signs people in and out.
import type { Page } from "@playwright/test";
import { type Attack, ask, cors, form, noCors } from "../support/attacks";
import { expect, parts, submit, test } from "../support/classic";
import { PASSWORD } from "../support/people";
import type { Stack } from "../support/stacks";

test.use({ complaintsFail: false });

const MALLORY = { username: "alice", password: PASSWORD };
const BASIC = { Authorization: `Basic ${btoa(`alice:${PASSWORD}`)}` };
const JSON_TYPE = "application/json";
const login = { method: "POST", path: "/api/login/", statuses: [403] };
const byHeader = { method: "POST", path: "/api/auth/login", statuses: [403] };
const leaving = { method: "POST", path: "/api/auth/logout", statuses: [403] };

const POSTS: Attack[] = [
  { ...login, name: "a form that signs in", launch: form(MALLORY) },
  {
    ...login,
    name: "an opaque fetch that signs in",
    launch: ask({ ...noCors, body: JSON.stringify(MALLORY) }, JSON_TYPE),
  },
  // A browser sends what is in an address only when it is asked for it, which we never do.
  {
    ...byHeader,
    name: "a form to an address with a password",
    launch: (page, target) => form({})(page, target.replace("://", `://alice:${PASSWORD}@`)),
  },
  {
    ...byHeader,
    name: "an opaque fetch with a header",
    launch: ask({ ...noCors, headers: BASIC }),
  },
  {
    ...byHeader,
    name: "a fetch with a header",
    statuses: [],
    launch: ask({ ...cors, headers: BASIC }),
  },
  { ...leaving, name: "a form that signs out", launch: form({}) },
  { ...leaving, name: "an opaque fetch that signs out", launch: ask(noCors) },
];

/** What a page can make a browser fetch: the name of the element, and its attributes. */
const EMBEDDED: [string, Record<string, string>][] = [
  ["img", { src: "" }],
  ["img", { src: "", crossorigin: "use-credentials" }],
  ["script", { src: "" }],
  ["link", { rel: "stylesheet", href: "" }],
  ["link", { rel: "preload", as: "image", href: "" }],
  ["iframe", { src: "" }],
  ["link", { rel: "prefetch", href: "" }],
];
// Not every browser prefetches, or loads twice what it has been refused.
const SURE = 4;

test("a page of somebody else signs nobody in or out", async ({ page, stack, attackers }) => {
  for (const who of ["", "bob"]) {
    await page.goto("/s0.html");
    if (who) {
      await submit(page, who);
      await expect(parts(page).status).toHaveText(`Hello ${who}`);
    }
    const before = await whoIs(page);
    expect(before.includes(who)).toBe(true);
    for (const attacker of attackers) {
      for (const attack of POSTS) {
        await test.step(`${attack.name}, from ${attacker}`, async () => {
          const foreign = await page.context().newPage();
          await foreign.goto(attacker);
          await withstand(attack, foreign, stack);
          await foreign.close();
        });
      }
      expect(await whoIs(page)).toBe(before);
    }
  }
});

test("a sign-out by GET is nothing for links, images and pages of others", async ({
  page,
  stack,
  attackers,
}) => {
  await page.goto("/s0.html");
  await submit(page, "bob");
  await expect(parts(page).status).toHaveText("Hello bob");
  const before = await whoIs(page);
  const statuses = () => stack.statuses("GET", "/api/logout");
  for (const origin of [...attackers, `${stack.app}/s0.html`]) {
    const other = await page.context().newPage();
    const earlier = statuses().length;
    await other.goto(origin);
    await other.evaluate(embed, { elements: EMBEDDED, to: `${stack.api}/api/logout` });
    await expect.poll(() => statuses().length, origin).toBeGreaterThanOrEqual(earlier + SURE);
    if (!origin.startsWith(stack.app)) {
      for (const mode of ["cors", "no-cors"] as const) {
        await other.evaluate(ignore, { to: `${stack.api}/api/logout`, mode });
      }
    }
    // Last, because it leads away.
    const link = other.waitForResponse(`${stack.api}/api/logout`);
    await other.evaluate(follow, `${stack.api}/api/logout`);
    expect((await link).status()).toBe(403);
    await other.close();
    expect(await whoIs(page), origin).toBe(before);
  }
  // What the address line asks for is nobody's script either.
  const typed = await page.context().newPage();
  const earlier = statuses().length;
  // Firefox shows a page of its own for a refusal that is no page.
  await typed.goto(`${stack.api}/api/logout`).catch(() => undefined);
  await expect.poll(() => statuses().length).toBe(earlier + 1);
  expect(new Set(statuses())).toEqual(new Set([403]));
  expect(await whoIs(page)).toBe(before);
});

async function withstand(attack: Attack, foreign: Page, stack: Stack): Promise<void> {
  const { method, path } = attack;
  const earlier = stack.statuses(method, path).length;
  const read = await attack.launch(foreign, stack.api + path);
  expect(read ?? "", "what the attacker could read").toBe("");
  const answered = () => stack.statuses(method, path).slice(earlier);
  await expect.poll(() => answered().length).toBe(attack.statuses.length);
  for (const status of answered()) expect(attack.statuses).toContain(status);
}

/** Who is signed in, as the product's own page is told. */
async function whoIs(page: Page): Promise<string> {
  return page.evaluate(async () => (await fetch("/api/me")).text());
}

function embed({ elements, to }: { elements: typeof EMBEDDED; to: string }): void {
  elements.forEach(([name, attributes], number) => {
    const element = document.createElement(name);
    // Each address another one, or the browser would ask once for all.
    const address = `${to}${"#".repeat(number)}`;
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, value || address);
    }
    document.body.append(element);
  });
}

function ignore({ to, mode }: { to: string; mode: RequestMode }): Promise<unknown> {
  return fetch(to, { mode, credentials: "include" }).catch(() => undefined);
}

function follow(to: string): void {
  const link = document.createElement("a");
  link.href = to;
  document.body.append(link);
  link.click();
}
