import { screen, within } from "@testing-library/vue";
import { expect, test } from "vitest";
import { h } from "vue";
import { device, HALF_NAMED, list, MINE, NAMELESS } from "../../../testing/devices.js";
import { held, offline, problem, signedIn, stubServer } from "../../../testing/server.js";
import { show } from "../../../testing/vue.js";
import { DeviceList } from "./device-list.js";

const IN = {
  "GET /api/session/": signedIn({}, "token"),
  "GET /api/sessions/": list(MINE, device("b"), NAMELESS, HALF_NAMED),
};
const everywhere = () => screen.getByRole("button", { name: "Sign out everywhere else" });

test.each([
  ["refused", problem(403, "origin_refused"), "Refused: origin_refused."],
  ["lost", offline, "Nothing was signed out."],
])("a device stays when the request is %s", async (_, reply, words) => {
  stubServer({ ...IN, "DELETE /api/sessions/b/": reply });
  const { user } = show(() => h(DeviceList));
  await user.click(await screen.findByRole("button", { name: /Safari/ }));
  expect((await screen.findAllByText(new RegExp(words))).length).toBeGreaterThan(0);
  expect(screen.getByRole("heading", { name: "4 devices" })).toBeTruthy();
});

test("nothing changes when signing out everywhere else fails", async () => {
  stubServer({ ...IN, "POST /api/sessions/revoke-others/": offline });
  const { user } = show(() => h(DeviceList));
  await screen.findByRole("heading", { name: "4 devices" });
  await user.click(everywhere());
  expect((await screen.findAllByText(/Nothing was signed out/)).length).toBeGreaterThan(0);
});

test("a list that cannot be read can be asked for again", async () => {
  const server = stubServer({ ...IN, "GET /api/sessions/": offline });
  const { user } = show(() => h(DeviceList));
  await screen.findByText(/cannot be reached/);
  server.on("GET /api/sessions/", problem(401, "other"), list(MINE));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText("Refused: other.");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("heading", { name: "1 device" });
});

test("every device is listed in words, and this one is marked", async () => {
  stubServer(IN);
  show(() => h(DeviceList));
  expect(screen.getByText("Loading your devices")).toBeTruthy();
  const region = await screen.findByRole("region", { name: "4 devices" });
  const texts = within(region)
    .getAllByRole("listitem")
    .map((item) => item.textContent);
  const [mine, phone, nameless, tablet] = texts;
  expect(mine).toContain("Firefox 153 on Linux");
  expect(mine).toContain("This device");
  expect(phone).toContain("Safari 18 on iOS 18");
  expect(phone).toContain("192.0.2.1");
  expect(nameless).toContain("Unknown device");
  expect(nameless).toContain("another way in");
  expect(tablet).toContain("iPadOS 18");
});

test.each([
  ["signed out", signedIn()],
  ["gone already", problem(404, "not_found")],
])("a device that is %s leaves the list, and the focus stays nearby", async (_, reply) => {
  const server = stubServer({ ...IN, "DELETE /api/sessions/b/": reply });
  const { user, auth } = show(() => h(DeviceList));
  await auth.load();
  await user.click(await screen.findByRole("button", { name: "Sign out: Safari 18 on iOS 18" }));
  expect(document.activeElement).toBe(await screen.findByRole("heading", { name: "3 devices" }));
  expect(screen.getByRole("status").textContent).toBe("Signed out: Safari 18 on iOS 18.");
  expect(server.calls.at(-1)?.headers.get("X-CSRFToken")).toBe("token");
});

test("all others are signed out at once, and pressing twice sends one request", async () => {
  const answer = held(list(MINE));
  const server = stubServer({ ...IN, "POST /api/sessions/revoke-others/": answer.reply });
  const { user } = show(() => h(DeviceList));
  await screen.findByRole("heading", { name: "4 devices" });
  await user.dblClick(everywhere());
  answer.release();
  await screen.findByRole("heading", { name: "1 device" });
  expect(screen.queryByRole("button", { name: /everywhere/ })).toBeNull();
  expect(server.keys().filter((key) => key.startsWith("POST"))).toHaveLength(1);
});
