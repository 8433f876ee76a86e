// @vitest-environment node
import { expect, test, vi } from "vitest";
import { type Component, createSSRApp, h } from "vue";
import { renderToString } from "vue/server-renderer";
import { createMemoryHistory, createRouter } from "vue-router";
import { createAuth } from "../client.js";
import { RequireSession, requireSession } from "../vue-router/index.js";
import { authPlugin, DeviceList, SignedIn, SignedOut, SignInForm, SignOutButton } from "./index.js";

const text = (words: string) => () => h("p", words);

function open(component: Component) {
  const auth = createAuth({ baseUrl: "/api/" });
  const subscribe = vi.spyOn(auth, "subscribe");
  return { auth, subscribe, app: createSSRApp(component).use(authPlugin, { auth }) };
}

test("a server render shows the waiting state, asks nothing and leaves no listener", async () => {
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  const { auth, subscribe, app } = open(() =>
    h("main", [
      h(SignedIn, null, { default: text("In") }),
      h(SignedOut, null, { default: text("Out") }),
      h(
        RequireSession,
        { signInPath: "/sign-in" },
        { default: text("Secret"), waiting: text("Waiting") },
      ),
      h(SignOutButton),
    ]),
  );
  const guard = requireSession(auth, "/sign-in");
  const secret = { path: "/secret", component: SignInForm, beforeEnter: guard };
  const router = createRouter({ history: createMemoryHistory(), routes: [secret] });
  await router.push("/secret");
  const html = await renderToString(app.use(router));
  expect(router.currentRoute.value.path).toBe("/secret");
  expect(html.replaceAll(/<!--.*?-->/g, "")).toBe("<main><p>Waiting</p></main>");
  expect(subscribe).not.toHaveBeenCalled();
  expect(fetch).not.toHaveBeenCalled();
});

test("forms and lists can be rendered by a server", async () => {
  const { app } = open(() => [h(SignInForm), h(DeviceList)]);
  const html = await renderToString(app);
  expect(html).toContain('autocomplete="current-password"');
  expect(html).toContain("Loading your devices");
});
