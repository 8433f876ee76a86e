import { screen } from "@testing-library/vue";
import { beforeEach, expect, test, vi } from "vitest";
import { type Component, defineComponent, h, KeepAlive, nextTick } from "vue";
import { createMemoryHistory, createRouter, RouterView } from "vue-router";
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
import { useSession } from "../vue/use-session.js";
import { RequireSession } from "./index.js";

const shown = vi.fn();
beforeEach(() => shown.mockClear());

const Secret = defineComponent(() => {
  const session = useSession();
  return () => {
    const { value: now } = session;
    const name = now.isAuthenticated ? now.user.username : "nobody";
    shown(name);
    return h("p", [`Secret of ${name}`, h("input", { "aria-label": "Draft" })]);
  };
});

const Where = defineComponent({ render: () => h("p", "Sign in") });
const Public = defineComponent({ render: () => h("p", "For all") });

const Guarded = defineComponent({
  render: () =>
    h(
      RequireSession,
      { signInPath: "/sign-in" },
      { default: () => h(RouterView), waiting: () => "Waiting", unavailable: () => "Unavailable" },
    ),
});

async function open(guarded: Component = Guarded, App: Component = RouterView) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      {
        path: "/",
        component: guarded,
        props: { signInPath: "/sign-in" },
        children: [{ path: "secret", component: Secret }],
      },
      { path: "/sign-in", component: Where },
      { path: "/public", component: Public },
    ],
  });
  await router.push("/secret?page=2#end");
  return { router, ...show(() => h("main", [h(App)]), { plugins: [router] }) };
}

test("nothing protected is shown before the server has answered", async () => {
  const boot = held(signedIn());
  const server = stubServer({ "GET /api/session/": boot.reply });
  await open();
  expect(screen.getByText("Waiting")).toBeTruthy();
  expect(shown).not.toHaveBeenCalled();
  boot.release();
  expect(await screen.findByText("Secret of alice")).toBeTruthy();
  expect(server.calls).toHaveLength(1);
});

test.each([
  ["a signed-out visitor", anonymous()],
  ["a visitor who has one step left", pending],
])("%s is sent to sign in, and the way back is remembered", async (_, reply) => {
  stubServer({ "GET /api/session/": reply });
  const { router } = await open();
  expect(await screen.findByText("Sign in")).toBeTruthy();
  expect(router.currentRoute.value.query).toEqual({ next: "/secret?page=2#end" });
  expect(shown).not.toHaveBeenCalled();
});

test("an outage is not taken for a signed-out visitor", async () => {
  stubServer({ "GET /api/session/": offline });
  await open();
  expect(await screen.findByText("Unavailable")).toBeTruthy();
  expect(shown).not.toHaveBeenCalled();
});

test("a session that ends takes the page away, and nobody sees it without a name", async () => {
  stubServer({
    "GET /api/session/": signedIn(),
    "GET /api/notes/": problem(401, "not_authenticated"),
  });
  const { auth } = await open();
  await screen.findByText("Secret of alice");
  await auth.fetch("/api/notes/");
  expect(await screen.findByText("Sign in")).toBeTruthy();
  expect(screen.queryByText(/Secret/)).toBeNull();
  expect(shown).not.toHaveBeenCalledWith("nobody");
});

test("a page that is kept behind another does not take that one away", async () => {
  stubServer({
    "GET /api/session/": signedIn(),
    "GET /api/notes/": problem(401, "not_authenticated"),
  });
  const Kept = defineComponent({
    render: () =>
      h(RouterView, null, {
        default: ({ Component }: { Component: Component }) =>
          h(KeepAlive, null, () => h(Component)),
      }),
  });
  const { auth, router } = await open(Guarded, Kept);
  await screen.findByText("Secret of alice");
  await router.push("/public");
  await auth.fetch("/api/notes/");
  await nextTick();
  expect(screen.getByText("For all")).toBeTruthy();
  expect(router.currentRoute.value.path).toBe("/public");
  await router.push("/secret");
  expect(await screen.findByText("Sign in")).toBeTruthy();
  expect(router.currentRoute.value.query).toEqual({ next: "/secret" });
});

test("nothing that one user typed is left for the next", async () => {
  stubServer({ "GET /api/session/": [signedIn(), signedIn({ id: "2", username: "bob" })] });
  const { auth, user } = await open();
  await screen.findByText("Secret of alice");
  await user.type(screen.getByLabelText("Draft"), "Dear diary");
  await auth.session();
  expect(await screen.findByText("Secret of bob")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Draft").value).toBe("");
});

test("as the component of a route it guards the routes below", async () => {
  stubServer({ "GET /api/session/": signedIn() });
  await open(RequireSession);
  expect(await screen.findByText("Secret of alice")).toBeTruthy();
});
