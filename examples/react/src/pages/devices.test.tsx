import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../testing/open-app";
import { held, json, offline, problem, signedIn, stubServer } from "../testing/server";

const device = (id: string, more: object = {}) => ({
  id,
  current: false,
  device: { kind: "mobile", browser: "Safari 18", system: "iOS 18" },
  address: "192.0.2.1",
  createdAt: "2026-01-01T10:00:00Z",
  lastSeenAt: "2026-01-02T10:00:00Z",
  proofs: ["password"],
  ...more,
});
const MINE = device("a", {
  current: true,
  device: { kind: "desktop", browser: "Firefox 153", system: "Linux" },
});
const NAMELESS = device("c", {
  device: { kind: "other", browser: null, system: null },
  address: null,
  proofs: [],
});
const list = (...sessions: object[]) => json({ sessions });
const IN = {
  "GET /api/session/": signedIn({}, "token"),
  "GET /api/sessions/": list(MINE, device("b"), NAMELESS),
};
const everywhere = () => screen.getByRole("button", { name: "Sign out everywhere else" });

async function open() {
  const user = await openApp("/devices");
  await screen.findByRole("heading", { level: 1, name: "Devices" });
  return user;
}

test("every device is listed in words, and this one is marked", async () => {
  stubServer(IN);
  await open();
  const items = within(await screen.findByRole("region", { name: "3 devices" })).getAllByRole(
    "listitem",
  );
  const [mine, phone, nameless] = items.map((item) => item.textContent);
  expect(mine).toContain("Firefox 153 on Linux");
  expect(mine).toContain("This device");
  expect(phone).toContain("Safari 18 on iOS 18");
  expect(phone).toContain("192.0.2.1");
  expect(nameless).toContain("Unknown device");
});

test.each([
  ["signed out", signedIn()],
  ["gone already", problem(404, "not_found")],
])("a device that is %s leaves the list, and the focus stays nearby", async (_, reply) => {
  const server = stubServer({ ...IN, "DELETE /api/sessions/b/": reply });
  const user = await open();
  await user.click(await screen.findByRole("button", { name: "Sign out: Safari 18 on iOS 18" }));
  expect(document.activeElement).toBe(await screen.findByRole("heading", { name: "2 devices" }));
  expect(screen.getByRole("status").textContent).toBe("Signed out: Safari 18 on iOS 18.");
  expect(server.calls.at(-1)?.headers.get("X-CSRFToken")).toBe("token");
});

test.each([
  ["refused", problem(403, "origin_refused"), "Refused: origin_refused."],
  ["lost", offline, "Nothing was signed out."],
])("a device stays when the request is %s", async (_, reply, words) => {
  stubServer({ ...IN, "DELETE /api/sessions/b/": reply });
  const user = await open();
  await user.click(await screen.findByRole("button", { name: /Safari/ }));
  expect((await screen.findAllByText(new RegExp(words))).length).toBeGreaterThan(0);
  expect(screen.getByRole("heading", { name: "3 devices" })).toBeTruthy();
});

test("all others are signed out at once, and pressing twice sends one request", async () => {
  const answer = held(list(MINE));
  const server = stubServer({ ...IN, "POST /api/sessions/revoke-others/": answer.reply });
  const user = await open();
  await screen.findByRole("heading", { name: "3 devices" });
  await user.dblClick(everywhere());
  answer.release();
  await screen.findByRole("heading", { name: "1 device" });
  expect(screen.queryByRole("button", { name: /everywhere/ })).toBeNull();
  expect(server.keys().filter((key) => key.startsWith("POST"))).toHaveLength(1);
});

test("nothing changes when signing out everywhere else fails", async () => {
  stubServer({ ...IN, "POST /api/sessions/revoke-others/": offline });
  const user = await open();
  await screen.findByRole("heading", { name: "3 devices" });
  await user.click(everywhere());
  expect((await screen.findAllByText(/Nothing was signed out/)).length).toBeGreaterThan(0);
});

test("a list that cannot be read can be asked for again", async () => {
  const server = stubServer({ ...IN, "GET /api/sessions/": offline });
  const user = await open();
  await screen.findByText(/cannot be reached/);
  server.on("GET /api/sessions/", problem(401, "other"), list(MINE));
  await user.click(screen.getByRole("button", { name: /Try again/ }));
  await screen.findByText("Refused: other.");
  await user.click(screen.getByRole("button", { name: /Try again/ }));
  await screen.findByRole("heading", { name: "1 device" });
});
