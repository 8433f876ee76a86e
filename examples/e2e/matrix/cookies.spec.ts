import type { Response } from "@playwright/test";
import { expect, signInAs, test } from "../support/matrix";

const NAMES = ["__Host-csrftoken", "__Host-sessionid", "__Host-sessionid_auth_device"];

test("the cookies are those of the deployment, and no script sees them", async ({
  page,
  context,
  stack,
  deployment,
}) => {
  const crossSite = deployment === "cross-site";
  const login = page.waitForResponse(`${stack.api}/api/login/`);
  await signInAs(page, "alice");

  const cookies = await context.cookies(stack.api);
  expect(cookies.map(({ name }) => name).sort()).toEqual(NAMES);
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({
      domain: new URL(stack.api).hostname,
      path: "/",
      httpOnly: true,
      secure: true,
      sameSite: crossSite ? "None" : "Lax",
    });
  }
  const sent = await setCookies(await login);
  expect(sent.map((cookie) => cookie.split("=")[0]).sort()).toEqual(NAMES);
  for (const cookie of sent) expect(cookie.includes("; Partitioned"), cookie).toBe(crossSite);
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test.describe("a visit to the API itself", () => {
  // Its policy forbids even the icon that Firefox looks for.
  test.use({ complaintsFail: false });

  test("finds the session, except where its cookie belongs to the front end's site", async ({
    page,
    stack,
    deployment,
  }) => {
    await signInAs(page, "alice");
    const answer = await page.goto(`${stack.api}/api/session/`);
    const status = deployment === "cross-site" ? "anonymous" : "authenticated";
    expect(await answer?.json()).toMatchObject({ status });
  });
});

test("third-party cookies are as this project says", async ({
  page,
  attackers,
  thirdPartyCookies,
}) => {
  const [elsewhere = "", sibling = ""] = attackers;
  await page.goto(`${sibling}/probe`);
  await page.goto(elsewhere);
  const carried = await page.evaluate(
    async (url) => (await fetch(url, { credentials: "include" })).text(),
    `${sibling}/probe`,
  );
  expect(carried).toBe(String(thirdPartyCookies));
});

async function setCookies(response: Response): Promise<string[]> {
  // One string with line feeds in Firefox, one string each in Chromium.
  return (await response.headerValue("set-cookie"))?.split(/[\n]/) ?? [];
}
