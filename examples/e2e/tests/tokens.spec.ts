import { expect, test } from "../support/fixtures";
import { addNote, PASSWORD, signIn } from "../support/people";
import { product } from "../support/places";

/** As a script does: without a cookie, and without a browser. */
async function ask(token: string, method = "GET", body?: object): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const sent = body ? JSON.stringify(body) : null;
  return fetch(`${product()}/api/notes/`, { method, headers, body: sent });
}

test("a token that somebody makes works for a script until it is revoked", async ({
  page,
  context,
}) => {
  await signIn(context, "alice");
  await page.goto("/notes");
  await addNote(page, "For the script");
  await page.goto("/profile");
  await page.getByRole("link", { name: "API tokens" }).click();

  await page.getByLabel("What is it for?").pressSequentially("Backup");
  await page.getByLabel("Read your notes").check();
  await page.getByLabel("Good for").selectOption("30 days");
  await page.getByRole("button", { name: "Make token" }).click();
  // Who was signed in a while ago proves again who they are.
  const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
  const made = page.getByRole("region", { name: "New token: Backup" });
  await expect(dialog.or(made)).toBeVisible();
  if (await dialog.isVisible()) {
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Confirm" }).click();
  }
  await expect(made).toBeFocused();
  const token = await made.getByLabel("Token").inputValue();
  expect(token).toMatch(/^sat_[\w-]{49}$/);

  const notes = await (await ask(token)).json();
  expect(notes.map(({ text }: { text: string }) => text)).toContain("For the script");
  const written = await ask(token, "POST", { text: "By the script" });
  expect(written.status).toBe(403);
  expect((await written.json()).code).toBe("ability_missing");

  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: "Backup" });
  await expect(row).toContainText(`Ends in ${token.slice(-4)}`);
  await expect(row).toContainText("Last used");
  expect(await page.content()).not.toContain(token);

  await page.getByRole("button", { name: "Revoke: Backup" }).click();
  const question = page.getByRole("alertdialog", { name: "Revoke Backup?" });
  await question.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("heading", { name: "0 API tokens" })).toBeFocused();
  expect((await ask(token)).status).toBe(401);
});
