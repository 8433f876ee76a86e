import { screen, waitFor, within } from "@testing-library/dom";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import type { Auth } from "../src/auth.js";
import { alice, anonymous, json, offline, problem, signedIn, stubServer } from "./server.js";

export const ABILITIES = [
  { name: "notes:read", text: "Read your notes" },
  { name: "notes:write", text: "Write notes" },
];

export const token = (id: string, more: object = {}) => ({
  id,
  name: `Script ${id}`,
  abilities: ["notes:read"],
  hint: "wxyz",
  createdAt: "2026-01-01T10:00:00Z",
  expiresAt: "2026-04-01T10:00:00Z",
  lastUsedAt: "2026-01-02T10:00:00Z",
  ...more,
});

export const tokens = (...list: object[]) => json({ tokens: list, abilities: ABILITIES });
const OLD = token("b", { expiresAt: null, lastUsedAt: null, abilities: ["gone", "notes:write"] });
const IN = { "GET /api/session/": signedIn(), "GET /api/tokens/": tokens(token("a"), OLD) };
const SECRET = `sat_${"x".repeat(49)}`;
const MADE = json({
  token: SECRET,
  created: token("c"),
  tokens: [token("c"), token("a"), OLD],
});

const button = (name: string) => screen.getByRole("button", { name });
const pressed = async (user: UserEvent, name: string) =>
  user.click(await screen.findByRole("button", { name }));

async function make(user: UserEvent): Promise<void> {
  await user.type(await screen.findByLabelText("What is it for?"), " Backup ");
  await user.click(screen.getByLabelText("Write notes"));
  await user.click(button("Make token"));
}

/** What every framework's component promises about API tokens. */
export function describeTokens(open: () => { auth: Auth; user: UserEvent }): void {
  describe("API tokens", () => {
    test("are listed in words", async () => {
      stubServer(IN);
      open();
      const region = await screen.findByRole("region", { name: "2 API tokens" });
      const [one, other] = within(region)
        .getAllByRole("listitem")
        .map((item) => item.textContent);
      expect(one).toContain("Script a");
      expect(one).toContain("Read your notes. Ends in wxyz");
      expect(one).toMatch(/Made .*2026.*, good until .*2026/);
      expect(one).toMatch(/Last used .*2026/);
      expect(other).toContain("gone and Write notes");
      expect(other).toContain("good until it is revoked");
      expect(other).toContain("Never used");
    });

    test("are nothing to anonymous visitors", async () => {
      stubServer({ "GET /api/session/": anonymous() });
      const { auth } = open();
      await auth.load();
      expect(screen.queryByRole("heading")).toBeNull();
    });

    test("may be none, and there may be nothing for them to do", async () => {
      stubServer({ ...IN, "GET /api/tokens/": json({ tokens: [], abilities: [] }) });
      open();
      await screen.findByText(/nothing here that a token/);
      expect(screen.getByRole("heading", { name: "0 API tokens" })).toBeTruthy();
      expect(screen.queryByRole("form")).toBeNull();
    });

    test("that cannot be read can be asked for again", async () => {
      const server = stubServer({ ...IN, "GET /api/tokens/": offline });
      const { user } = open();
      await screen.findByText(/cannot be reached/);
      server.on("GET /api/tokens/", tokens());
      await pressed(user, "Try again");
      await screen.findByRole("heading", { name: "0 API tokens" });
    });

    test("are made, shown once and copied", async () => {
      const server = stubServer({ ...IN, "POST /api/tokens/": MADE });
      const { user } = open();
      await make(user);
      const region = await screen.findByRole("region", { name: "New token: Script c" });
      await waitFor(() => expect(document.activeElement).toBe(region));
      const sent = server.calls.at(-1)?.body;
      expect(sent).toEqual({ name: "Backup", abilities: ["notes:write"], days: 90 });
      const input = within(region).getByLabelText<HTMLInputElement>("Token");
      expect(input.value).toBe(SECRET);
      expect(input.readOnly).toBe(true);
      expect(screen.getByRole("heading", { name: "3 API tokens" })).toBeTruthy();
      expect(screen.getByLabelText<HTMLInputElement>("What is it for?").value).toBe("");
      await pressed(user, "Copy");
      expect(await navigator.clipboard.readText()).toBe(SECRET);
      await within(region).findByText("Copied.");
      await pressed(user, "Done");
      expect(document.body.innerHTML).not.toContain(SECRET);
    });

    test("are selected where a browser does not copy", async () => {
      stubServer({ ...IN, "POST /api/tokens/": MADE });
      const { user } = open();
      await make(user);
      const input = await screen.findByLabelText<HTMLInputElement>("Token");
      vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
      await pressed(user, "Copy");
      await waitFor(() => expect(input.selectionEnd).toBe(SECRET.length));
      expect(screen.getAllByText(/does not let this page copy/).length).toBeGreaterThan(0);
      input.setSelectionRange(0, 0);
      input.blur();
      input.focus();
      expect(input.selectionEnd).toBe(SECRET.length);
    });

    test("may be good for as long as they are not revoked", async () => {
      const server = stubServer({ ...IN, "POST /api/tokens/": MADE });
      const { user } = open();
      await user.selectOptions(await screen.findByLabelText("Good for"), "Until I revoke it");
      await make(user);
      await screen.findByLabelText("Token");
      expect(server.calls.at(-1)?.body).toMatchObject({ days: null });
    });

    test("need a name and something to do", async () => {
      const server = stubServer(IN);
      const { user } = open();
      await pressed(user, "Make token");
      const alert = await screen.findByRole("alert");
      expect(within(alert).getAllByRole("link")).toHaveLength(2);
      expect(server.keys()).not.toContain("POST /api/tokens/");
      await user.click(within(alert).getByText("Choose something that it may do."));
      expect(document.activeElement).toBe(screen.getByLabelText("Read your notes"));
    });

    test("that are refused say why", async () => {
      stubServer({ ...IN, "POST /api/tokens/": problem(409, "tokens.too_many") });
      const { user } = open();
      await make(user);
      await screen.findByText("Refused: tokens.too_many.");
    });

    test("are revoked after a question", async () => {
      const server = stubServer({ ...IN, "DELETE /api/tokens/a/": tokens(OLD) });
      const { user } = open();
      await pressed(user, "Revoke: Script a");
      const dialog = await screen.findByRole("alertdialog", { name: "Revoke Script a?" });
      await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
      expect(server.keys()).not.toContain("DELETE /api/tokens/a/");
      await pressed(user, "Revoke: Script a");
      await user.click(within(screen.getByRole("alertdialog")).getByText("Revoke"));
      const title = await screen.findByRole("heading", { name: "1 API token" });
      await waitFor(() => expect(document.activeElement).toBe(title));
      await waitFor(() =>
        expect(screen.getByRole("status").textContent).toBe("Revoked: Script a."),
      );
    });

    test("that were just made and are revoked are shown no more", async () => {
      const gone = problem(404, "not_found");
      const revoked = {
        "DELETE /api/tokens/c/": gone,
        "DELETE /api/tokens/a/": tokens(token("c")),
      };
      stubServer({ ...IN, ...revoked, "POST /api/tokens/": MADE });
      const { user } = open();
      await make(user);
      await screen.findByLabelText("Token");
      for (const [name, left] of [
        ["Script a", "1 API token"],
        ["Script c", "2 API tokens"],
      ] as const) {
        expect(screen.getByLabelText("Token")).toBeTruthy();
        await pressed(user, `Revoke: ${name}`);
        await user.click(within(screen.getByRole("alertdialog")).getByText("Revoke"));
        await screen.findByRole("heading", { name: left });
      }
      expect(screen.queryByLabelText("Token")).toBeNull();
    });

    test("stay when they are not revoked", async () => {
      stubServer({ ...IN, "DELETE /api/tokens/a/": offline });
      const { user } = open();
      await pressed(user, "Revoke: Script a");
      await user.click(within(screen.getByRole("alertdialog")).getByText("Revoke"));
      expect((await screen.findAllByText(/cannot be reached/)).length).toBeGreaterThan(0);
      expect(screen.getByRole("heading", { name: "2 API tokens" })).toBeTruthy();
    });

    test("are revoked one at a time", async () => {
      const server = stubServer({
        ...IN,
        "DELETE /api/tokens/a/": () => new Promise<Response>(() => {}),
      });
      const { user } = open();
      for (const name of ["Script a", "Script b"]) {
        await pressed(user, `Revoke: ${name}`);
        await user.click(within(screen.getByRole("alertdialog")).getByText("Revoke"));
      }
      expect(button("Revoke: Script a").textContent).toBe("Revoking");
      expect(server.keys()).not.toContain("DELETE /api/tokens/b/");
    });

    test("of one person are not shown to the next", async () => {
      const bob = signedIn({ ...alice, id: "2" });
      stubServer({ ...IN, "GET /api/session/": [signedIn(), bob], "POST /api/tokens/": MADE });
      const { auth, user } = open();
      await make(user);
      await screen.findByLabelText("Token");
      await auth.session();
      await waitFor(() => expect(screen.queryByLabelText("Token")).toBeNull());
    });
  });
}
