import { expect, signInAs, test } from "../support/matrix";
import { addNote, signOutButton } from "../support/people";

test("a sign-in is kept by a reload, and a note is written", async ({ page }, info) => {
  await signInAs(page, "alice");
  await page.getByRole("link", { name: "Notes", exact: true }).click();
  const text = `Water the plants, ${info.project.name}`;
  await addNote(page, text);
  await expect(page.getByRole("status")).toHaveText("Note added.");
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: text })).toBeVisible();
  await expect(signOutButton(page)).toBeVisible();
});
