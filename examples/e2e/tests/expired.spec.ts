import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { PASSWORD, submitSignIn } from "../support/people";
import { dataFolder } from "../support/places";
import { expiredToken } from "../support/product";

const NEW = "another-long-sentence-of-words";
const NOBODY = "nobody-yet@example.com";

interface Kind {
  purpose: string;
  path: string;
  button: string;
  /** Where the way on leads. */
  next: string;
  /** Whose link it is: that of somebody without an account goes to an address alone. */
  email?: string;
  signedIn?: boolean;
  fill?: (page: Page) => Promise<void>;
}

const ANOTHER = "Ask for a new mail";
const KINDS: Kind[] = [
  {
    purpose: "password.reset",
    path: "/reset-password",
    button: "Set new password",
    next: ANOTHER,
    fill: (page) => page.getByLabel("New password", { exact: true }).fill(NEW),
  },
  {
    purpose: "account.sign_up",
    path: "/sign-up",
    button: "Finish signing up",
    next: ANOTHER,
    email: NOBODY,
    async fill(page) {
      await page.getByLabel("Username").fill("nobody-yet");
      await page.getByLabel("Password", { exact: true }).fill(NEW);
    },
  },
  {
    purpose: "email.verify",
    path: "/verify-email",
    button: "Confirm your address",
    next: ANOTHER,
    signedIn: true,
  },
  {
    purpose: "email.change",
    path: "/change-email",
    button: "Change address",
    next: ANOTHER,
    signedIn: true,
  },
  {
    purpose: "email.undo",
    path: "/undo-email",
    button: "Bring back the old address",
    next: "Choose a new password",
  },
  {
    purpose: "email.sign_in",
    path: "/sign-in-by-mail",
    button: "Sign in",
    next: ANOTHER,
  },
  {
    purpose: "account.delete.undo",
    path: "/restore-account",
    button: "Bring my account back",
    next: "Sign in",
  },
];

test.use({ refusals: [400] });

for (const { purpose, path, button, next, email = "bob@example.com", signedIn, fill } of KINDS) {
  test(`a link for ${purpose} that is too old says so, and where to go on`, async ({ page }) => {
    if (signedIn) {
      await page.goto("/sign-in");
      await submitSignIn(page, email, PASSWORD);
      await expect(page.getByRole("heading", { name: "Hello bob" })).toBeVisible();
    }
    await page.goto(`${path}#token=${expiredToken(dataFolder(), purpose, email)}`);
    await fill?.(page);
    await page.getByRole("main").getByRole("button", { name: button, exact: true }).click();
    await expect(
      page.getByRole("main").getByText("This link is no longer valid.", { exact: false }),
    ).toBeVisible();
    await expect(
      page.getByRole("main").getByRole("link", { name: next, exact: true }),
    ).toBeVisible();
  });
}
