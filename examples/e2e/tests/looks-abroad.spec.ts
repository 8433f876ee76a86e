import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "../support/accessible";
import { expect, test } from "../support/fixtures";
import { latinWords, mirror, speakPseudo } from "../support/languages";
import { type Name, newAddress, signIn } from "../support/people";
import { FRONT_END, LONG_NAME } from "../support/product";

const SCREENSHOTS = join(import.meta.dirname, "..", "screenshots");

interface View {
  name: string;
  path: string;
  as?: Name;
  /** What is done there, in no language. */
  act?: (page: Page) => Promise<void>;
  /** The server says something, in German. */
  answered?: true;
}

const VIEWS: View[] = [
  { name: "home-signed-out", path: "/" },
  { name: "sign-in", path: "/sign-in" },
  { name: "sign-in-for-a-page", path: "/notes" },
  { name: "sign-in-empty", path: "/sign-in", act: send },
  { name: "forgot-password", path: "/forgot-password" },
  { name: "forgot-password-sent", path: "/forgot-password", act: sendAddress, answered: true },
  { name: "reset-password", path: "/reset-password#token=x", act: send },
  { name: "reset-password-no-link", path: "/reset-password" },
  { name: "sign-up", path: "/sign-up" },
  { name: "sign-up-empty", path: "/sign-up", act: send },
  { name: "sign-up-link", path: "/sign-up#token=x" },
  { name: "verify-email", path: "/verify-email#token=x", act: send, answered: true },
  { name: "sign-in-by-mail", path: "/sign-in-by-mail" },
  { name: "sign-in-by-mail-link", path: "/sign-in-by-mail#token=x" },
  { name: "change-email", path: "/change-email", as: "alice" },
  { name: "confirm-email", path: "/change-email#token=x", as: "alice" },
  { name: "undo-email", path: "/undo-email#token=x" },
  { name: "restore-account", path: "/restore-account#token=x" },
  { name: "home-signed-in", path: "/", as: "alice", answered: true },
  { name: "notes", path: "/notes", as: "bob" },
  { name: "notes-empty", path: "/notes", as: "bob", act: send },
  { name: "notes-long-name", path: "/notes", as: LONG_NAME },
  { name: "profile", path: "/profile", as: "alice" },
  { name: "password", path: "/password", as: "alice", act: send },
  { name: "account", path: "/account", as: "alice" },
  { name: "account-asked", path: "/account", as: "alice", act: askForDeletion },
  { name: "devices", path: "/devices", as: "alice" },
  { name: "activity", path: "/activity", as: "alice" },
  { name: "tokens", path: "/tokens", as: "alice", answered: true },
  { name: "tokens-empty", path: "/tokens", as: "alice", act: send, answered: true },
  { name: "provider-not-begun", path: "/auth/oidc/callback?error=access_denied&state=x" },
  { name: "not-found", path: "/no/such/page" },
];

/** Data, and what is called so in every language. */
const NAMES =
  /^(A|B|W|Alice|Bob|Wilhelmine-Charlotte|(\P{Script=Latin}+ - )?django-spa-auth|English|Deutsch|[\w-]+@example\.com|correct-[a-z-]+)$/u;

test.use({
  locale: "de-DE",
  refusals: [400, 401],
  viewport: { width: 390, height: 800 },
  contextOptions: { reducedMotion: "reduce" },
});

for (const language of ["german", "pseudo"]) {
  for (const { name, path, as, act, answered } of VIEWS) {
    test(`${name} is whole in ${language}, on a phone`, async ({ page, context, browserName }) => {
      if (as) await signIn(context, as);
      if (language === "pseudo") await speakPseudo(page);
      await page.goto(path);
      await expect(page.locator("h1")).toBeVisible();
      await page.waitForLoadState("networkidle");
      await expect(page.locator(".spa-waiting")).toHaveCount(0);
      await act?.(page);
      if (language === "pseudo") await mirror(page);
      await page.screenshot({
        path: join(SCREENSHOTS, FRONT_END, browserName, `${language}-${name}.png`),
        fullPage: true,
      });
      await expectAccessible(page);
      for (const width of [320, 700, 970]) {
        await page.setViewportSize({ width, height: 800 });
        await test.step(`${width} px`, () => expectNoSidewaysScroll(page));
      }
      if (language === "pseudo" && !answered)
        expect((await latinWords(page)).filter((text) => !NAMES.test(text))).toEqual([]);
    });
  }
}

async function send(page: Page): Promise<void> {
  await page.locator("main button[type=submit]").first().click();
  await expect(page.locator("[role=alert], .spa-alert, [aria-invalid=true]").first()).toBeVisible();
}

async function sendAddress(page: Page): Promise<void> {
  await page.locator("input[type=email]").fill(newAddress());
  await page.locator("main button[type=submit]").click();
  await expect(
    page.locator("input[inputmode=numeric], input[autocomplete=one-time-code]"),
  ).toBeVisible();
}

async function askForDeletion(page: Page): Promise<void> {
  await page.locator("main button").last().click();
  // The button that stands beside the one that deletes.
  await expect(page.locator("main button:focus")).toBeVisible();
}
