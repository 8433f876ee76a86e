import type { TestInfo } from "@playwright/test";
import { connect, disconnect, expectConnected, expectFailure } from "../support/connections";
import { isSignedIn, otherBrowser, PASSWORD, signOut, submitSignIn } from "../support/people";
import { dataFolder } from "../support/places";
import { ageProofs, forgetProof } from "../support/product";
import {
  allowAs,
  comeAs,
  comeBackAsleep,
  expectAt,
  leaveFor,
  type Visitor,
} from "../support/provider";
import { expect, test } from "../support/social";

const CALLBACK = "/auth/oidc/callback";

/** Somebody whom only this test of this browser knows. */
function visitor(name: string, { project }: TestInfo, verified = true): Visitor {
  return {
    name: `${name} Newcomer`,
    email: `${name}-${project.name}@example.com`.toLowerCase(),
    verified,
  };
}

for (const [provider, name] of [
  ["Example", "Nadia"],
  ["Example Hub", "Nils"],
] as const) {
  test(`a newcomer signs up by ${provider}, and signs in by it the next time`, async ({
    page,
  }, info) => {
    const newcomer = visitor(name, info);
    await page.goto("/sign-in?next=/profile");
    await leaveFor(page, provider);
    await allowAs(page, newcomer);
    await expect(page).toHaveURL("/profile");
    const username = await page.getByLabel("Username").inputValue();
    await page.goto("/account");
    await expectConnected(page, provider, newcomer.email);

    await signOut(page);
    await page.goto("/sign-in?next=/profile");
    await leaveFor(page, provider);
    await comeAs(page, newcomer);
    await expect(page).toHaveURL("/profile");
    await expect(page.getByLabel("Username")).toHaveValue(username);
  });
}

test("a newcomer signs up by a provider on the sign-up page too", async ({ page }, info) => {
  await page.goto("/sign-up");
  await leaveFor(page, "Example");
  await allowAs(page, visitor("Nora", info));
  await expect(page.getByRole("heading", { name: /^Hello / })).toBeVisible();
});

test.describe("what a provider answers", () => {
  test.use({ refusals: [400, 409, 503] });

  for (const provider of ["Example", "Example Hub", "Example Book"] as const) {
    test(`with nothing, because somebody cancelled at ${provider}, changes nothing`, async ({
      page,
    }) => {
      await page.goto("/sign-in?next=/profile");
      await leaveFor(page, provider);
      await page.getByRole("button", { name: "Cancel" }).click();
      await expectFailure(page, "You did not go on there");
      expect(await isSignedIn(page)).toBe(false);

      await page.getByRole("button", { name: "Try again" }).click();
      await expectAt(page, provider);
    });
  }

  test("is not taken for a proof of an address that it has not verified", async ({
    page,
  }, info) => {
    const mallory = { ...visitor("Mallory", info, false), email: "alice@example.com" };
    for (const person of [visitor("Una", info, false), mallory]) {
      for (const provider of ["Example", "Example Hub"] as const) {
        await page.goto("/sign-in");
        await leaveFor(page, provider);
        await allowAs(page, person);
        await expectFailure(page, "Your address is not confirmed there");
        expect(await isSignedIn(page)).toBe(false);
      }
    }
    await page.getByRole("link", { name: "Sign up" }).last().click();
    await expect(page.getByRole("heading", { name: "Sign up", level: 1 })).toBeVisible();
  });

  test("is no proof where it does not say whether an address is verified, until it is connected", async ({
    page,
  }, info) => {
    const quinn = { name: "Quinn", email: `quinn-${info.project.name}@example.com` };
    await page.goto("/sign-in");
    await leaveFor(page, "Example Book");
    await allowAs(page, quinn);
    await expectFailure(page, "Your address is not confirmed there");

    await page.goto("/sign-in?next=/account");
    await submitSignIn(page, quinn.email, PASSWORD);
    await connect(page, "Example Book");
    await comeAs(page, quinn);
    await expectConnected(page, "Example Book", quinn.email);
    await signOut(page);

    await page.goto("/sign-in?next=/profile");
    await leaveFor(page, "Example Book");
    await comeAs(page, quinn);
    await expect(page.getByLabel("Username")).toHaveValue(`quinn-${info.project.name}`);
  });

  test("about an address that somebody has here opens nothing, until they connect it", async ({
    page,
  }, info) => {
    const ryan = { name: "Ryan", email: `ryan-${info.project.name}@example.com` };
    await page.goto("/sign-in");
    await leaveFor(page, "Example");
    await allowAs(page, ryan);
    await expectFailure(page, "You have an account here already");
    expect(await isSignedIn(page)).toBe(false);

    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await submitSignIn(page, ryan.email, PASSWORD);
    await expect(page).toHaveURL("/account");
    await connect(page, "Example");
    await comeAs(page, ryan);
    await expectConnected(page, "Example", ryan.email);
    await signOut(page);

    await page.goto("/sign-in");
    await leaveFor(page, "Example");
    await comeAs(page, ryan);
    await expect(page.getByRole("heading", { name: `Hello ${"ryan"}` })).toBeVisible();
  });

  test("to one browser opens nothing in another, and still opens this one", async ({
    page,
    browser,
  }, info) => {
    await page.goto("/sign-in?next=/profile");
    await leaveFor(page, "Example");
    const address = await comeBackAsleep(page, () => allowAs(page, visitor("Oskar", info)));

    const victim = await otherBrowser(browser);
    await victim.goto(address);
    await expectFailure(victim, "This was not begun here");
    expect(await isSignedIn(victim)).toBe(false);
    await victim.context().close();

    await page.goto(address);
    await expect(page).toHaveURL("/profile");
  });

  test("counts once: neither Back nor the same address again sends it twice", async ({
    page,
  }, info) => {
    await page.goto("/sign-in?next=/profile");
    await leaveFor(page, "Example");
    const address = await comeBackAsleep(page, () => allowAs(page, visitor("Paula", info)));
    await page.goto(address);
    await expect(page).toHaveURL("/profile");
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/finish/")) sent.push(request.url());
    });

    await page.goto(address);
    await expectFailure(page, "This was not begun here");
    await expect(page).toHaveURL(CALLBACK);
    await page.reload();
    await expectFailure(page, "This was not begun here");
    await page.goBack();
    await page.goForward();
    await expectFailure(page, "This was not begun here");
    expect(sent).toEqual([]);
    expect(await isSignedIn(page)).toBe(true);
  });

  test("does not come while it hangs, and the next attempt works", async ({
    page,
    provider,
  }, info) => {
    const paul = visitor("Paul", info);
    await page.goto("/sign-in?next=/profile");
    await leaveFor(page, "Example Hub");
    const address = await comeBackAsleep(page, () => allowAs(page, paul));
    await provider.hang(async () => {
      await page.goto(address);
      await expectFailure(page, "The provider cannot be reached");
    });
    expect(await isSignedIn(page)).toBe(false);

    await page.getByRole("link", { name: "Sign in another way" }).click();
    await expect(page).toHaveURL("/sign-in?next=%2Fprofile");
    await leaveFor(page, "Example Hub");
    await comeAs(page, paul);
    await expect(page).toHaveURL("/profile");
  });
});

test.describe("a connected account", () => {
  test.use({ refusals: [401, 403, 409] });

  test("is disconnected after a fresh proof by a provider in a window of its own", async ({
    page,
    context,
  }, info) => {
    const ruth = visitor("Ruth", info);
    await page.goto("/sign-in?next=/account");
    await leaveFor(page, "Example");
    await allowAs(page, ruth);
    await expectConnected(page, "Example", ruth.email);
    ageProofs(dataFolder(), ruth.email);

    await disconnect(page, "Example");
    const [popup] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "Confirm with Example" }).click(),
    ]);
    await comeAs(popup, ruth);
    await expect(page.getByText("Example is disconnected.")).toBeAttached();
    await expect.poll(() => popup.isClosed()).toBe(true);
    await expect(page.getByRole("button", { name: "Connect Example", exact: true })).toBeVisible();
  });

  test("that is the last way in stays", async ({ page }, info) => {
    const selma = visitor("Selma", info);
    await page.goto("/sign-in?next=/account");
    await leaveFor(page, "Example");
    await allowAs(page, selma);
    await expectConnected(page, "Example", selma.email);
    forgetProof(dataFolder(), selma.email);

    await disconnect(page, "Example");
    const refusal = page
      .getByRole("main")
      .getByText("This is the only way to sign in to your account.");
    await expect(refusal).toBeVisible();
    await page.reload();
    await expectConnected(page, "Example", selma.email);
  });

  test("of somebody else cannot be connected", async ({ page }, info) => {
    const toni = visitor("Toni", info);
    await page.goto("/sign-in");
    await leaveFor(page, "Example Hub");
    await allowAs(page, toni);
    await signOut(page);

    await page.goto("/sign-in?next=/account");
    await submitSignIn(page, `pat-${info.project.name}`, PASSWORD);
    await connect(page, "Example Hub");
    await comeAs(page, toni);
    await expectFailure(page, "It is connected already");
    await page.getByRole("link", { name: "Go back" }).click();
    await expect(page).toHaveURL("/account");
    await expect(page.getByRole("button", { name: "Connect Example Hub" })).toBeVisible();
  });
});
