import { expect, test, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { anonymous, held, offline, pending, signedIn, stubServer } from "../../testing/server.js";
import { createAuth } from "../client.js";
import { requireSession } from "./index.js";

const page = { render: () => null };

function open() {
  const auth = createAuth({ baseUrl: "/api/" });
  const routes = ["/", "/secret", "/sign-in"].map((path) => ({ path, component: page }));
  const router = createRouter({ history: createMemoryHistory(), routes });
  router.beforeEach(requireSession(auth, "/sign-in"));
  return { auth, router, where: () => router.currentRoute.value.fullPath };
}

test.each([
  ["a signed-out visitor", anonymous()],
  ["a visitor who has one step left", pending],
])("%s is sent to sign in before the page is loaded, and comes back", async (_, reply) => {
  stubServer({ "GET /api/session/": reply });
  const { router } = open();
  await router.push("/secret?page=2#end");
  const { path, query } = router.currentRoute.value;
  expect([path, query]).toEqual(["/sign-in", { next: "/secret?page=2#end" }]);
});

test("an outage sends nobody to sign in", async () => {
  stubServer({ "GET /api/session/": offline });
  const { router, where } = open();
  await router.push("/secret");
  expect(where()).toBe("/secret");
});

test("a mistake in the program is not hidden", async () => {
  const { auth, router } = open();
  vi.spyOn(auth, "load").mockRejectedValue(new TypeError("Mine"));
  vi.spyOn(console, "warn").mockReturnValue();
  router.onError(() => {});
  await expect(router.push("/secret")).rejects.toThrow("Mine");
});

test("the sign-in page is shown without waiting for the server", async () => {
  const boot = held(anonymous());
  stubServer({ "GET /api/session/": boot.reply });
  const { router, where } = open();
  await router.push("/sign-in?next=%2Fsecret");
  expect(where()).toBe("/sign-in?next=%2Fsecret");
});

test("a signed-in visitor goes on, and the server is asked once", async () => {
  const server = stubServer({ "GET /api/session/": signedIn() });
  const { router, where } = open();
  await router.push("/secret");
  await router.push("/");
  expect(where()).toBe("/");
  expect(server.calls).toHaveLength(1);
});
