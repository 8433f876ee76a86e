import { screen } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { createApp, defineAsyncComponent, defineComponent, h, nextTick } from "vue";
import {
  anonymous,
  held,
  offline,
  pending,
  problem,
  signedIn,
  stubServer,
} from "../../testing/server.js";
import { show } from "../../testing/vue.js";
import type { SignedInSession } from "../auth.js";
import { createAuth } from "../client.js";
import { authPlugin, useAuth } from "./plugin.js";
import { SignedIn, SignedOut } from "./signed-in.js";
import { useAction } from "./use-action.js";
import { useSession } from "./use-session.js";

const Who = defineComponent(() => {
  const session = useSession();
  return () => {
    const { value: now } = session;
    return h("p", [now.isAuthenticated ? now.user.username : now.status]);
  };
});

const Both = defineComponent(() => () => [
  h(SignedIn, null, {
    default: ({ session }: { session: SignedInSession }) => [
      h("p", `In: ${session.user.username}`),
      h("input", { "aria-label": "Draft" }),
    ],
  }),
  h(SignedOut, null, { default: () => h("p", "Out") }),
]);

test("whoever asks without the plugin is told what is missing", () => {
  const app = createApp(Who);
  expect(() => app.runWithContext(useAuth)).toThrow("useAuth needs app.use(authPlugin, { auth })");
});

test("fifty components, of which one comes later, cost one request", async () => {
  const boot = held(signedIn());
  const server = stubServer({ "GET /api/session/": boot.reply });
  const Late = defineAsyncComponent(() => Promise.resolve(Who));
  const fifty = () => [...Array.from({ length: 49 }, () => h(Who)), h(Late)];
  show(fifty);
  boot.release();
  await vi.waitFor(() => expect(screen.getAllByText("alice")).toHaveLength(50));
  expect(server.calls).toHaveLength(1);
});

test("neither side is shown before the server has answered", async () => {
  const boot = held(signedIn());
  stubServer({ "GET /api/session/": boot.reply });
  show(() => h(Both));
  expect(document.body.textContent).toBe("");
  boot.release();
  expect(await screen.findByText("In: alice")).toBeTruthy();
  expect(screen.queryByText("Out")).toBeNull();
});

test.each([
  ["somebody who is signed out", anonymous()],
  ["somebody who has one step left", pending],
])("%s sees the other side", async (_, reply) => {
  stubServer({ "GET /api/session/": reply });
  show(() => h(Both));
  expect(await screen.findByText("Out")).toBeTruthy();
  expect(screen.queryByText(/In/)).toBeNull();
});

test("nobody is taken for signed out during an outage", async () => {
  stubServer({ "GET /api/session/": offline });
  show(() => [h(Who), h(Both)]);
  expect(await screen.findByText("unavailable")).toBeTruthy();
  expect(screen.queryByText("Out")).toBeNull();
});

test("nothing that one user typed is left for the next", async () => {
  stubServer({ "GET /api/session/": [signedIn(), signedIn({ id: "2", username: "bob" })] });
  const { auth, user } = show(() => h(Both));
  await screen.findByText("In: alice");
  await user.type(screen.getByLabelText("Draft"), "Dear diary");
  await auth.session();
  expect(await screen.findByText("In: bob")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Draft").value).toBe("");
});

test("the client runs as long as the app, also while no component asks", async () => {
  stubServer({ "GET /api/session/": signedIn() });
  const auth = createAuth({ baseUrl: "/api/" });
  const unsubscribe = vi.fn();
  const subscribe = vi.spyOn(auth, "subscribe").mockReturnValue(unsubscribe);
  const app = createApp({ render: () => "Nobody asks" }).use(authPlugin, { auth });
  app.mount(document.createElement("div"));
  expect(subscribe).toHaveBeenCalledTimes(1);
  expect(unsubscribe).not.toHaveBeenCalled();
  app.unmount();
  expect(unsubscribe).toHaveBeenCalledTimes(1);
});

test("a component that is gone hears nothing more", async () => {
  stubServer({ "GET /api/session/": signedIn() });
  const auth = createAuth({ baseUrl: "/api/" });
  const { subscribe } = auth;
  let listening = 0;
  vi.spyOn(auth, "subscribe").mockImplementation((listener) => {
    const unsubscribe = subscribe(listener);
    listening += 1;
    return () => {
      listening -= 1;
      unsubscribe();
    };
  });
  const app = createApp(Both).use(authPlugin, { auth });
  app.mount(document.createElement("div"));
  expect(listening).toBe(3);
  app.unmount();
  expect(listening).toBe(0);
});

test("an action tells that it is under way, and why it failed", async () => {
  const answer = held(problem(400, "invalid_credentials"));
  stubServer({
    "GET /api/session/": anonymous(),
    "POST /api/login/": [answer.reply, offline, signedIn()],
  });
  const SignIn = defineComponent(() => {
    const auth = useAuth();
    const { run, reset, pending: busy, error } = useAction(auth.login.password);
    const go = () => run({ login: "alice", password: "x" });
    return () => [
      h("button", { type: "button", onClick: go }, busy.value ? "Busy" : "Go"),
      h("button", { type: "button", onClick: reset }, "Forget"),
      h("output", [error.value?.code]),
    ];
  });
  const { user, auth } = show(() => h(SignIn));
  const said = () => screen.getByRole("status").textContent;
  await user.click(screen.getByRole("button", { name: "Go" }));
  expect(screen.getByRole("button", { name: "Busy" })).toBeTruthy();
  answer.release();
  await screen.findByText("invalid_credentials");
  await user.click(screen.getByRole("button", { name: "Forget" }));
  expect(said()).toBe("");
  await user.click(screen.getByRole("button", { name: "Go" }));
  expect(said()).toBe("outage");
  await user.click(screen.getByRole("button", { name: "Go" }));
  await nextTick();
  expect(said()).toBe("");
  expect(auth.get().isAuthenticated).toBe(true);
});
