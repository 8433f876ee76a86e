import userEvent from "@testing-library/user-event";
import { render } from "@testing-library/vue";
import { onTestFinished, vi } from "vitest";

/** The whole app at an address, as after a fresh load of the page. What Vue warns of is a failure. */
export async function openApp(address: string) {
  history.replaceState(null, "", address);
  // A new module is a new client: each test boots for itself.
  vi.resetModules();
  const { authPlugin } = await import("django-spa-auth/vue");
  const { default: App } = await import("../app.vue");
  const { createAppRouter } = await import("../router");
  const { ready } = await import("../language");
  const { auth } = await import("../session");
  const { vuetify } = await import("../vuetify");
  const router = createAppRouter();
  onTestFinished(() => router.options.history.destroy());
  await ready;
  render(App, {
    global: {
      plugins: [vuetify, [authPlugin, { auth }], router],
      config: { warnHandler: fail },
    },
  });
  await router.isReady().catch(() => {});
  return userEvent.setup();
}

function fail(message: string, _: unknown, trace: string): never {
  throw new Error(`${message}\n${trace}`);
}
