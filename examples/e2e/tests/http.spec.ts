import { gzipSync } from "node:zlib";
import { namesOfLiveCookies } from "../support/cookies";
import { expect, test } from "../support/fixtures";
import { addNote, PASSWORD, signInForm, signOut, submitSignIn } from "../support/people";
import { product } from "../support/places";
import { FRONT_END } from "../support/product";

const PAGES = ["/", "/sign-in", "/notes", "/profile", "/no/such/page"];

test("every page is kept nowhere and has a policy without inline script", async ({ request }) => {
  for (const path of PAGES) {
    const answer = await request.get(path);
    const headers = answer.headers();
    expect(answer.status()).toBe(200);
    expect(headers["content-type"]).toContain("text/html");
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toMatch(/(default|script)-src 'self'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-|data:|\*/);
  }
});

test("hashed files are kept for a year", async ({ request }) => {
  const page = await (await request.get("/")).text();
  const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  expect(assets.length).toBeGreaterThanOrEqual(2);
  for (const path of assets) {
    const cached = (await request.get(String(path))).headers()["cache-control"] ?? "";
    expect(cached, path).toContain("max-age=31536000");
    expect(cached, path).toContain("immutable");
  }
  expect((await request.get("/assets/no-such-file.js")).status()).toBe(404);
});

test("answers of the API are kept nowhere", async ({ request }) => {
  for (const path of ["session", "csrf", "config", "whoami", "profile", "no-such-thing"]) {
    const answer = await request.get(`/api/${path}/`);
    expect(answer.headers()["cache-control"], path).toBe("no-store");
    const vary = answer.headers().vary?.split(/,\s*/);
    expect(vary, path).toEqual(expect.arrayContaining(["Cookie", "Origin"]));
  }
});

test("no script can read a key, and nothing is left in the storage", async ({ page, context }) => {
  await page.goto("/sign-in?next=/notes");
  await submitSignIn(page, "alice", PASSWORD);
  await addNote(page, "To be deleted");
  await page.getByRole("button", { name: "Delete note: To be deleted" }).click();
  await expect(page.getByRole("status")).toHaveText("Note deleted.");
  const session = (await context.cookies(product())).find(({ name }) => name === "sessionid");
  expect(session).toMatchObject({
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    domain: "localhost",
  });
  const seen = () => [document.cookie, localStorage.length, sessionStorage.length];
  expect(await page.evaluate(seen)).toEqual(["", 0, 0]);

  await signOut(page);

  expect(await page.evaluate(seen)).toEqual(["", 0, 0]);
  expect(await namesOfLiveCookies(context, product())).not.toContain("sessionid");
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

test("starting and signing in take three requests of the API", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(`${request.method()} ${pathname}`);
  });
  await page.goto("/sign-in?next=/profile");
  await submitSignIn(page, "bob", PASSWORD);
  await expect(page.getByRole("form", { name: "Profile" })).toBeVisible();
  expect(asked).toEqual(["GET /api/session/", "GET /api/config/", "POST /api/login/"]);
});

test("the sign-in page needs no more script than its budget", async ({ page }) => {
  const scripts: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.body());
  });
  await page.goto("/sign-in");
  await expect(signInForm(page).form).toBeVisible();
  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).byteLength);
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
  // The buttons of providers, and going there, are 4 kB of it.
  expect(kilobytes, "kB, gzipped").toBeLessThan(FRONT_END === "vue" ? 140 : 105);
  expect(kilobytes).toBeGreaterThan(10);
});
