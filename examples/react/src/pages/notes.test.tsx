import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../testing/open-app";
import { empty, json, offline, problem, signedIn, stubServer } from "../testing/server";

const note = (id: number, text: string) => ({ id, text, createdAt: "2026-01-01T10:00:00Z" });
const IN = {
  "GET /api/session/": signedIn({}, "token"),
  "GET /api/notes/": json([note(2, "Second"), note(1, "First")]),
};

const input = () => screen.getByLabelText<HTMLTextAreaElement>("New note");
const texts = () =>
  screen.getAllByRole("listitem").map((item) => item.querySelector("p")?.textContent);

async function open() {
  const user = await openApp("/notes");
  await screen.findByRole("heading", { level: 1, name: "Notes" });
  return user;
}

test("the notes are listed", async () => {
  stubServer(IN);
  await open();
  expect(await screen.findByRole("heading", { name: "2 notes" })).toBeTruthy();
  const list = screen.getByRole("region", { name: "2 notes" });
  expect(within(list).getAllByRole("listitem")).toHaveLength(2);
});

test("the button beside a long note is named by its first forty letters", async () => {
  const fox = "\u{1f98a}";
  stubServer({ ...IN, "GET /api/notes/": json([note(1, fox.repeat(41))]) });
  await open();
  const name = `Delete note: ${fox.repeat(40)}`;
  expect(await screen.findByRole("button", { name })).toBeTruthy();
});

test("a new note comes first, and the field is ready for the next", async () => {
  const server = stubServer({ ...IN, "POST /api/notes/": json(note(3, "Third"), 201) });
  const user = await open();
  await screen.findByText("Second");
  await user.type(input(), "Third");
  await user.click(screen.getByRole("button", { name: "Add note" }));
  await screen.findByRole("button", { name: "Delete note: Third" });
  expect(server.calls.at(-1)?.body).toEqual({ text: "Third" });
  expect(server.calls.at(-1)?.headers.get("X-CSRFToken")).toBe("token");
  expect(input().value).toBe("");
  expect(document.activeElement).toBe(input());
  expect(screen.getByRole("status").textContent).toBe("Note added.");
});

test.each([
  ["the connection is lost", offline, "cannot be reached"],
  ["the server has a problem", problem(503, "session_store_unavailable"), "has a problem"],
])("a note is not lost when %s", async (_, reply, words) => {
  stubServer({ ...IN, "POST /api/notes/": reply });
  const user = await open();
  await user.type(input(), "Precious");
  await user.click(screen.getByRole("button", { name: "Add note" }));
  expect((await screen.findByRole("alert")).textContent).toContain(words);
  expect(input().value).toBe("Precious");
});

test("an empty note and one that is too long are not sent", async () => {
  const server = stubServer(IN);
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Add note" }));
  expect(screen.getByRole("alert").textContent).toContain("Write something first.");
  await user.click(input());
  await user.paste("x".repeat(501));
  await user.click(screen.getByRole("button", { name: "Add note" }));
  expect(screen.getByRole("alert").textContent).toContain("500 characters or fewer");
  expect(input().getAttribute("aria-describedby")).toBe("text-hint text-error");
  expect(server.keys()).not.toContain("POST /api/notes/");
});

test.each([
  ["deleted", empty],
  ["gone already", problem(404, "not_found")],
])("a note that is %s leaves the list, and the focus stays nearby", async (_, reply) => {
  stubServer({ ...IN, "DELETE /api/notes/2/": reply });
  const user = await open();
  await user.click(await screen.findByRole("button", { name: "Delete note: Second" }));
  const title = await screen.findByRole("heading", { name: "1 note" });
  expect(document.activeElement).toBe(title);
  expect(texts().at(-1)).toBe("First");
});

test.each([
  ["refused", problem(403, "not_yours", { detail: "Not yours." }), "Not yours."],
  ["cut off", offline, "The note was not deleted."],
])("a deletion that is %s leaves the note and says why", async (_, reply, words) => {
  stubServer({ ...IN, "DELETE /api/notes/2/": reply });
  const user = await open();
  await user.click(await screen.findByRole("button", { name: "Delete note: Second" }));
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain(words));
  expect(screen.getByText("Second")).toBeTruthy();
});

test("no notes are said in words", async () => {
  stubServer({ ...IN, "GET /api/notes/": json([]) });
  await open();
  expect(await screen.findByText("No notes yet. Write the first one.")).toBeTruthy();
});

test("a list that cannot be read can be tried again", async () => {
  stubServer({
    ...IN,
    // Twice, because StrictMode reads twice.
    "GET /api/notes/": [offline, offline, json([note(1, "First")])],
  });
  const user = await open();
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await screen.findByText("First")).toBeTruthy();
});

test("a refused list says why", async () => {
  stubServer({ ...IN, "GET /api/notes/": problem(403, "not_yours", { detail: "Not yours." }) });
  await open();
  expect((await screen.findByRole("alert")).textContent).toContain("Not yours.");
});

test("a session that died shows no note and leads back after the sign-in", async () => {
  stubServer({ ...IN, "DELETE /api/notes/2/": problem(401, "not_authenticated") });
  const user = await open();
  await user.click(await screen.findByRole("button", { name: "Delete note: Second" }));
  await screen.findByRole("heading", { level: 1, name: "Sign in" });
  expect(screen.queryByText("Second")).toBeNull();
  expect(location.search).toBe("?next=%2Fnotes");
});
