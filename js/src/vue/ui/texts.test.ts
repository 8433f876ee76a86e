import { screen } from "@testing-library/vue";
import { expect, test } from "vitest";
import { createApp, h, nextTick, ref } from "vue";
import { anonymous, stubServer } from "../../../testing/server.js";
import { show } from "../../../testing/vue.js";
import { createAuth } from "../../client.js";
import { authPlugin } from "../plugin.js";
import { SignInForm } from "./sign-in-form.js";
import { TextsProvider, useTexts } from "./texts.js";

const OUT = { "GET /api/session/": anonymous() };

test("a project has its own words for some, and ours for the rest", () => {
  stubServer(OUT);
  const form = () => h(SignInForm);
  const inner = () => h(TextsProvider, { texts: { password: "Secret word" } }, form);
  const texts = { identifier: "Customer number", password: "Word" };
  show(() => h(TextsProvider, { texts }, inner));
  expect(screen.getByLabelText("Customer number")).toBeTruthy();
  expect(screen.getByLabelText("Secret word")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Sign in" })).toBeTruthy();
});

test("another language shows at once", async () => {
  stubServer(OUT);
  const texts = ref({ password: "Passwort" });
  const auth = createAuth({ baseUrl: "/api/" });
  const app = createApp(SignInForm).use(authPlugin, { auth, texts });
  const container = document.createElement("div");
  document.body.append(container);
  app.mount(container);
  expect(screen.getByLabelText("Passwort")).toBeTruthy();
  texts.value = { password: "Mot de passe" };
  await nextTick();
  expect(screen.getByLabelText("Mot de passe")).toBeTruthy();
  app.unmount();
});

test("without the plugin the words are English", () => {
  expect(createApp({}).runWithContext(useTexts).value.signIn).toBe("Sign in");
});
