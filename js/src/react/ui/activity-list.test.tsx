import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { entry, FROM_ELSEWHERE, page } from "../../../testing/activity.js";
import { show } from "../../../testing/react.js";
import { held, offline, problem, signedIn, stubServer } from "../../../testing/server.js";
import { ActivityList } from "./activity-list.js";

const IN = { "GET /api/session/": signedIn() };
const showMore = () => screen.getByRole("button", { name: "Show more" });
const words = () => screen.getAllByRole("listitem").map((item) => item.textContent);

test("everything is listed in words, and what was done here is marked", async () => {
  const refused = entry("4", { outcome: "refused" });
  const own = entry("2", { kind: "invoice_paid" });
  const entries = [entry("5", { current: true }), refused, FROM_ELSEWHERE, own];
  stubServer({ ...IN, "GET /api/activity/": page(entries) });
  show(<ActivityList />);
  expect(screen.getByText("Loading your activity")).toBeTruthy();
  await screen.findByText("Sign-in refused");
  const [here, , elsewhere, unknown] = words();
  expect(here).toMatch(/^Signed in.*2026.*Safari 18 on iOS 18, 192\.0\.2\.1This device$/);
  expect(elsewhere).toMatch(/^Other devices signed out[^,]+, 2026, [^,]+$/);
  expect(unknown).toContain("invoice_paid (done)");
  expect(screen.queryByRole("button")).toBeNull();
});

test("an account to which nothing happened says so", async () => {
  stubServer({ ...IN, "GET /api/activity/": page([]) });
  show(<ActivityList />);
  await screen.findByText("Nothing has happened yet.");
});

test("the next page follows, is announced, and has the focus", async () => {
  stubServer({
    ...IN,
    "GET /api/activity/": page([entry("9")], "9"),
    "GET /api/activity/?before=9": page([entry("8", { kind: "sign_out" }), entry("7")], "7"),
    "GET /api/activity/?before=7": page([entry("6", { kind: "profile_changed" })]),
  });
  const { user } = show(<ActivityList />);
  await screen.findByText("Signed in");
  await user.click(showMore());
  await screen.findByText("Signed out");
  expect(document.activeElement?.textContent).toContain("Signed out");
  expect(screen.getByRole("status").textContent).toBe("2 more are shown.");
  await user.click(showMore());
  await screen.findByText("Profile changed");
  expect(document.activeElement?.textContent).toContain("Profile changed");
  expect(screen.getByRole("status").textContent).toBe("1 more is shown.");
  expect(screen.queryByRole("button")).toBeNull();
});

test("pressing twice sends one request", async () => {
  const answer = held(page([entry("8", { kind: "sign_out" })]));
  const server = stubServer({
    ...IN,
    "GET /api/activity/": page([entry("9")], "9"),
    "GET /api/activity/?before=9": answer.reply,
  });
  const { user } = show(<ActivityList />);
  await screen.findByText("Signed in");
  await user.dblClick(showMore());
  expect(screen.getByRole("button", { name: "Loading more" })).toBeTruthy();
  answer.release();
  await screen.findByText("Signed out");
  expect(server.keys().filter((key) => key.includes("before"))).toHaveLength(1);
});

test("what could not be read can be asked for again, and what is there stays", async () => {
  const server = stubServer({ ...IN, "GET /api/activity/": offline });
  const { user } = show(<ActivityList />);
  await screen.findByText(/cannot be reached/);
  server.on("GET /api/activity/", page([entry("9")], "9"));
  server.on("GET /api/activity/?before=9", problem(400, "bad_request"), page([entry("8")]));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText("Signed in");
  await user.click(showMore());
  await screen.findByText("Refused: bad_request.");
  expect(words()).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("status");
  await expect.poll(() => words().length).toBe(2);
});
