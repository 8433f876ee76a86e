import { expectTypeOf, test } from "vitest";
import { h } from "vue";
import type { NavigationGuard, RouteRecordRaw } from "vue-router";
import type { Auth } from "../auth.js";
import { RequireSession, requireSession } from "./index.js";

declare const auth: Auth;

test("the guard fits wherever the router takes one", () => {
  const guard = requireSession(auth, "/sign-in");
  expectTypeOf(guard).toExtend<NavigationGuard>();
  const component = RequireSession;
  expectTypeOf({ path: "/", component, beforeEnter: guard }).toExtend<RouteRecordRaw>();
});

test("the way to the sign-in page has to be given", () => {
  h(RequireSession, { signInPath: "/sign-in" });
  // @ts-expect-error - where to?
  h(RequireSession, {});
});
