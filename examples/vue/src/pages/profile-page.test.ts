import { screen } from "@testing-library/vue";
import { expect, test } from "vitest";
import { openApp } from "../testing/open-app";
import { signedIn, stubServer } from "../testing/server";

const definitions = () => screen.getAllByRole("definition").map((item) => item.textContent);

test("somebody without an email and a user name has a profile", async () => {
  stubServer({
    "GET /api/session/": signedIn({ username: null, email: null, emailVerified: false }),
  });
  await openApp("/profile");
  expect(await screen.findByLabelText<HTMLInputElement>("Username")).toHaveProperty("value", "");
  expect(definitions()).toEqual(["None", "Not verified"]);
});

test("the account is shown beside what can be changed", async () => {
  const server = stubServer({ "GET /api/session/": signedIn() });
  await openApp("/profile");
  expect(await screen.findByLabelText("First name")).toHaveProperty("value", "Alice");
  expect(screen.getByLabelText("Last name")).toHaveProperty("value", "Liddell");
  expect(definitions()).toEqual(["alice@example.com", "Verified"]);
  expect(server.keys()).toEqual(["GET /api/session/"]);
});
