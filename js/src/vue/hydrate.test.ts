import { screen } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { type App, createSSRApp, defineComponent, h, nextTick, onMounted, Suspense } from "vue";
import { renderToString } from "vue/server-renderer";
import { signedIn, stubServer } from "../../testing/server.js";
import { createAuth } from "../client.js";
import { authPlugin, SignInForm } from "./index.js";
import { useSession } from "./use-session.js";

/** What a server made of it, in the page. */
async function serve(make: () => App) {
  vi.stubGlobal("document", undefined);
  const html = await renderToString(make());
  vi.unstubAllGlobals();
  const container = document.createElement("div");
  container.innerHTML = html;
  document.body.append(container);
  return container;
}

function spyOnWarnings() {
  return [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
}

test("a session that is known before the page is taken over does not differ from it", async () => {
  const seen: string[] = [];
  const Who = defineComponent(() => {
    const session = useSession();
    onMounted(() => seen.push(session.value.status));
    return () => {
      seen.push(session.value.status);
      return h("p", session.value.status);
    };
  });
  const warnings = spyOnWarnings();
  const make = () => createSSRApp(Who).use(authPlugin, { auth });
  const auth = createAuth({ baseUrl: "/api/" });
  const container = await serve(make);
  expect(container.textContent).toBe("loading");
  stubServer({ "GET /api/session/": signedIn() });
  await auth.load();
  seen.length = 0;
  const app = make();
  app.mount(container);
  expect(await screen.findByText("authenticated")).toBeTruthy();
  expect(seen).toEqual(["loading", "authenticated", "authenticated"]);
  for (const warning of warnings) expect(warning).not.toHaveBeenCalled();
  app.unmount();
});

test("an answer that comes while the page is taken over waits until that is done", async () => {
  // Vue says each time that Suspense is an experiment.
  vi.spyOn(console, "info").mockReturnValue();
  let arrive = () => {};
  let arrival = Promise.resolve();
  const Slow = defineComponent(async () => {
    await arrival;
    return () => h("i", "Slow");
  });
  const Who = defineComponent(() => {
    const session = useSession();
    return () => h("p", [session.value.status, h(Slow)]);
  });
  const auth = createAuth({ baseUrl: "/api/" });
  const make = () =>
    createSSRApp(() => h(Suspense, null, { default: () => h(Who) })).use(authPlugin, { auth });
  const container = await serve(make);
  stubServer({ "GET /api/session/": signedIn() });
  arrival = new Promise((resolve) => {
    arrive = resolve;
  });
  const warnings = spyOnWarnings();
  const app = make();
  app.mount(container);
  await auth.load();
  await nextTick();
  expect(container.textContent).toBe("loadingSlow");
  arrive();
  await vi.waitFor(() => expect(container.textContent).toBe("authenticatedSlow"));
  for (const warning of warnings) expect(warning).not.toHaveBeenCalled();
  app.unmount();
});

test("what was typed before the page is taken over stays", async () => {
  const warnings = spyOnWarnings();
  const auth = createAuth({ baseUrl: "/api/" });
  const make = () => createSSRApp(SignInForm).use(authPlugin, { auth });
  const container = await serve(make);
  stubServer({ "GET /api/session/": signedIn() });
  screen.getByLabelText<HTMLInputElement>("Email or username").value = "alice";
  const app = make();
  app.mount(container);
  await auth.load();
  expect(screen.getByLabelText<HTMLInputElement>("Email or username").value).toBe("alice");
  for (const warning of warnings) expect(warning).not.toHaveBeenCalled();
  app.unmount();
});
