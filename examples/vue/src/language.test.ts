import { screen } from "@testing-library/vue";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openApp } from "./testing/open-app";
import { anonymous, json, problem, signedIn, stubServer } from "./testing/server";

const OUT = { "GET /api/session/": anonymous() };
const page = document.documentElement;
const languages = (...tags: string[]) =>
  vi.spyOn(navigator, "languages", "get").mockReturnValue(tags);
const choice = (name: string) => screen.getByRole<HTMLSelectElement>("combobox", { name });

function germanDoesNotCome() {
  vi.doMock("./languages", async (original) => {
    const real = await original<typeof import("./languages")>();
    const german = { name: "Deutsch", load: () => Promise.reject(new TypeError("gone")) };
    return { ...real, LANGUAGES: { ...real.LANGUAGES, de: german } };
  });
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  page.removeAttribute("lang");
  vi.doUnmock("./languages");
});

test.each([
  [["de-AT", "en"], "de"],
  [["fr", "de"], "de"],
  [["fr"], "en"],
  [[], "en"],
])("of %j the page speaks %s, and asks the server for it", async (tags, language) => {
  languages(...tags);
  const server = stubServer(OUT);
  await openApp("/sign-in");
  await screen.findByRole("heading", {
    level: 1,
    name: language === "de" ? "Anmelden" : "Sign in",
  });
  expect(page.lang).toBe(language);
  const asked = server.calls.map(({ headers }) => headers.get("Accept-Language"));
  expect(new Set(asked)).toEqual(new Set([language]));
});

test("another language shows at once, and what was typed is kept", async () => {
  const refusal = problem(400, "invalid_credentials", { detail: "Diese Angaben sind falsch." });
  const server = stubServer({ ...OUT, "POST /api/login/": refusal });
  const user = await openApp("/sign-in");
  await user.type(await screen.findByLabelText("Email or username"), "alice");
  await user.type(screen.getByLabelText("Password"), "wrong");
  await user.selectOptions(choice("Language"), "Deutsch");
  const login = screen.getByLabelText<HTMLInputElement>("E-Mail-Adresse oder Benutzername");
  expect(login.value).toBe("alice");
  expect(document.title).toBe("Anmelden - django-spa-auth");
  expect(document.activeElement).toBe(choice("Sprache"));
  await user.click(screen.getByRole("button", { name: "Anmelden" }));
  await screen.findByRole("alert");
  expect(server.calls.at(-1)?.headers.get("Accept-Language")).toBe("de");
});

test("what was chosen stays for the next visit", async () => {
  localStorage.setItem("language", "de");
  stubServer({
    "GET /api/session/": signedIn(),
    "GET /api/notes/": json([]),
  });
  const user = await openApp("/notes");
  expect(await screen.findByText("Noch keine Notizen. Schreiben Sie die erste.")).toBeTruthy();
  await user.selectOptions(choice("Sprache"), "English");
  expect(screen.getByText("No notes yet. Write the first one.")).toBeTruthy();
  expect(localStorage.getItem("language")).toBe("en");
});

test.each([
  ["en", ["Notes", "Member since", "Proved by"], ["1,200", "March 14, 2025", "password"]],
  ["de", ["Notizen", "Dabei seit", "Nachweis"], ["1.200", "14. März 2025", "Passwort"]],
])("the session is told in the language %s", async (language, terms, values) => {
  localStorage.setItem("language", language);
  stubServer({
    "GET /api/session/": signedIn(),
    "GET /api/hello/": json({ message: "Hello alice" }),
    "GET /api/stats/": json({ notes: 1200, memberSince: "2025-03-14T12:00:00Z" }),
  });
  await openApp("/");
  await screen.findByText(values[1] ?? "");
  const said = (role: string) => screen.getAllByRole(role).map(({ textContent }) => textContent);
  expect(said("term").slice(0, 3)).toEqual(terms);
  expect(said("definition").slice(0, 3)).toEqual(values);
});

test("what somebody else wrote there is no language", async () => {
  localStorage.setItem("language", "toString");
  stubServer(OUT);
  await openApp("/sign-in");
  expect(choice("Language").value).toBe("en");
});

test("a language that does not come is said, and the page stays as it was", async () => {
  germanDoesNotCome();
  stubServer(OUT);
  const user = await openApp("/sign-in");
  await screen.findByRole("heading", { level: 1, name: "Sign in" });
  await user.selectOptions(choice("Language"), "Deutsch");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe("The server did not send all of it.");
  expect(choice("Language").value).toBe("en");
  expect(page.lang).toBe("en");
});

test("where it was to be the first one, the page speaks English", async () => {
  germanDoesNotCome();
  languages("de");
  stubServer(OUT);
  await openApp("/sign-in");
  await screen.findByRole("heading", { level: 1, name: "Sign in" });
  expect(page.lang).toBe("en");
});

test("a browser that keeps nothing changes the language all the same", async () => {
  const refuse = () => {
    throw new DOMException("No storage", "SecurityError");
  };
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse });
  stubServer(OUT);
  const user = await openApp("/sign-in");
  await screen.findByRole("heading", { level: 1, name: "Sign in" });
  await user.selectOptions(choice("Language"), "Deutsch");
  await screen.findByRole("heading", { level: 1, name: "Anmelden" });
});
