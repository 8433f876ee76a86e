import { screen } from "@testing-library/vue";
import { expect, test } from "vitest";
import { h, nextTick } from "vue";
import {
  anonymous,
  json,
  offline,
  problem,
  signedIn,
  stubServer,
} from "../../../testing/server.js";
import { show } from "../../../testing/vue.js";
import { ProfileForm, type ProfileFormProps } from "./profile-form.js";

const IN = { "GET /api/session/": signedIn({ nickname: null }) };
const FIELDS = ["username", "firstName", { name: "nickname", label: "Nickname" }] as const;
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const save = () => screen.getByRole("button", { name: "Save" });

async function open(props: ProfileFormProps = { fields: FIELDS }) {
  const { auth, user } = show(() => h(ProfileForm, props));
  await auth.load();
  return { auth, user };
}

test("a refusal stands at its field, and what was typed stays", async () => {
  const fields = { username: [{ code: "taken", detail: "This name is taken." }] };
  stubServer({ ...IN, "PATCH /api/profile/": problem(400, "invalid_body", { fields }) });
  const { user } = await open();
  await user.clear(field("Username"));
  await user.type(field("Username"), "bob");
  await user.click(save());
  const alert = await screen.findByRole("alert");
  expect(document.activeElement).toBe(alert);
  expect(field("Username").value).toBe("bob");
  expect(field("Username").getAttribute("aria-invalid")).toBe("true");
  const { id } = field("Username");
  expect(field("Username").getAttribute("aria-describedby")).toBe(`${id}-hint ${id}-error`);
});

test("what was refused can be taken back", async () => {
  const fields = { username: [{ code: "taken", detail: "This name is taken." }] };
  const reply = problem(400, "invalid_body", { fields });
  const server = stubServer({ ...IN, "PATCH /api/profile/": [reply, json({})] });
  const { user } = await open();
  await user.type(field("Username"), "x");
  await user.click(save());
  await user.type(field("Username"), "{Backspace}");
  await user.click(save());
  expect(screen.getByRole("status").textContent).toBe("Your profile is saved.");
  expect(server.calls[2]?.body).toEqual({});
});

test("a lost connection loses nothing that was typed", async () => {
  stubServer({ ...IN, "PATCH /api/profile/": offline });
  const { user } = await open();
  await user.type(field("Nickname"), "Al");
  await user.click(save());
  expect((await screen.findByRole("alert")).textContent).toContain("still here");
  expect(field("Nickname").value).toBe("Al");
});

test("nothing to save is said, and nothing is sent", async () => {
  const server = stubServer(IN);
  const { user } = await open();
  await user.click(save());
  expect(screen.getByRole("status").textContent).toBe("There is nothing to save.");
  await user.click(save());
  expect(screen.getByRole("status").textContent).toBe("There is nothing to save.\u00a0");
  expect(server.calls).toHaveLength(1);
});

test("only what changed is sent, and the state has it at once", async () => {
  const reply = json({ firstName: "Lis", lastName: "Liddell" });
  const server = stubServer({ ...IN, "PATCH /api/profile/": reply });
  const { auth, user } = await open({});
  await user.clear(field("First name"));
  await user.type(field("First name"), " Lis ");
  await user.click(save());
  expect(await screen.findAllByText("Your profile is saved.")).toHaveLength(2);
  expect(server.calls[1]?.body).toEqual({ firstName: "Lis" });
  expect(auth.get()).toMatchObject({ user: { firstName: "Lis" } });
});

test("what one person typed is not saved as another's", async () => {
  stubServer({ "GET /api/session/": [signedIn(), signedIn({ id: "2", firstName: "Bob" })] });
  const { auth, user } = await open({});
  await user.type(field("First name"), "x");
  await auth.session();
  await nextTick();
  expect(field("First name").value).toBe("Bob");
});

test("nothing is shown while nobody is signed in", async () => {
  stubServer({ "GET /api/session/": anonymous() });
  await open();
  expect(screen.queryByRole("form")).toBeNull();
});
