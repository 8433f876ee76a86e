import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../testing/open-app";
import { json, offline, problem, signedIn, stubServer } from "../testing/server";

const IN = { "GET /api/session/": signedIn() };
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const save = () => screen.getByRole("button", { name: "Save" });

async function open() {
  const user = await openApp("/profile");
  await screen.findByRole("heading", { level: 1, name: "Profile" });
  return user;
}

test("only what changed is sent, and the header shows it without another request", async () => {
  const server = stubServer({
    ...IN,
    "PATCH /api/profile/": json({ username: "alice", firstName: "Lis", lastName: "Liddell" }),
  });
  const user = await open();
  await user.clear(field("First name"));
  await user.type(field("First name"), "Lis");
  await user.click(save());
  expect(await screen.findAllByText("Your profile is saved.")).toHaveLength(2);
  expect(screen.getByRole("status").textContent).toBe("Your profile is saved.");
  expect(screen.getByRole("banner").textContent).toContain("Lis");
  expect(server.calls[1]?.body).toEqual({ firstName: "Lis" });
  expect(server.calls).toHaveLength(2);
});

test("a taken name is refused at its field, and what was typed stays", async () => {
  const fields = { username: [{ code: "taken", detail: "This name is taken." }] };
  stubServer({ ...IN, "PATCH /api/profile/": problem(400, "invalid_body", { fields }) });
  const user = await open();
  await user.clear(field("Username"));
  await user.type(field("Username"), "bob");
  await user.click(save());
  const alert = await screen.findByRole("alert");
  expect(document.activeElement).toBe(alert);
  expect(field("Username").value).toBe("bob");
  expect(field("Username").getAttribute("aria-invalid")).toBe("true");
  expect(field("Username").getAttribute("aria-describedby")).toBe("username-hint username-error");
});

test("a lost connection loses nothing that was typed", async () => {
  stubServer({ ...IN, "PATCH /api/profile/": offline });
  const user = await open();
  await user.type(field("Last name"), "-Hargreaves");
  await user.click(save());
  expect((await screen.findByRole("alert")).textContent).toContain("still here");
  expect(field("Last name").value).toBe("Liddell-Hargreaves");
});

test("nothing to save is said, and nothing is sent", async () => {
  const server = stubServer(IN);
  const user = await open();
  await user.click(save());
  expect(screen.getByRole("status").textContent).toBe("There is nothing to save.");
  expect(server.calls).toHaveLength(1);
});

test("somebody without a user name and an email can have a profile", async () => {
  stubServer({
    "GET /api/session/": signedIn({
      username: null,
      email: null,
      emailVerified: false,
      firstName: "",
    }),
  });
  await open();
  expect(field("Username").value).toBe("");
  expect(screen.getByText("Not verified")).toBeTruthy();
});
