import type { Page } from "@playwright/test";
import { expect } from "./fixtures";
import { expectAt, type ProviderName } from "./provider";

/** The page that people come back to says why it did not work. */
export async function expectFailure(page: Page, title: string): Promise<void> {
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
  // Nothing of what the provider sent stays where others look.
  await expect(page).toHaveURL(({ search, hash }) => search === "" && hash === "");
}

/** On the account page, the way to connect a provider: it leads there. */
export async function connect(page: Page, provider: ProviderName): Promise<void> {
  await page.getByRole("button", { name: `Connect ${provider}`, exact: true }).click();
  await expectAt(page, provider);
}

/** On the account page, say that a provider is to be disconnected, and that one means it. */
export async function disconnect(page: Page, provider: ProviderName): Promise<void> {
  await page.getByRole("button", { name: `Disconnect ${provider}` }).click();
  const question = page.getByRole("alertdialog", { name: `Disconnect ${provider}?` });
  await question.getByRole("button", { name: "Disconnect" }).click();
}

/** Come to the account page, which lists the account at a provider. */
export async function expectConnected(
  page: Page,
  provider: ProviderName,
  email: string,
): Promise<void> {
  await expect(page).toHaveURL("/account");
  const connected = page.getByRole("region", { name: "Connected accounts" }).getByRole("listitem");
  await expect(
    connected.filter({ hasText: email }).getByText(provider, { exact: true }),
  ).toBeVisible();
}
