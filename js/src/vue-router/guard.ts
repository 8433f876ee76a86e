import type { RouteLocationNormalized } from "vue-router";
import type { Auth } from "../auth.js";
import { signInLink } from "../next.js";
import { Outage } from "../outage.js";
import { mustSignIn } from "./must-sign-in.js";

/**
 * A guard for `beforeEnter` or `beforeEach`: waits for the session, so that no page below is loaded
 * for somebody who is not there. It lets everybody through to the sign-in page, and where the
 * server cannot say: `RequireSession` shows that, and is still needed where a session may end
 * while the page is open.
 */
export function requireSession(
  auth: Auth,
  signInPath: string,
): (to: RouteLocationNormalized) => Promise<true | string> {
  return async ({ path, fullPath }) => {
    // A server render never knows; it shows that it waits.
    if (typeof document === "undefined" || path === signInPath) return true;
    try {
      return mustSignIn(await auth.load()) ? signInLink(signInPath, fullPath) : true;
    } catch (error) {
      if (error instanceof Outage) return true;
      throw error;
    }
  };
}
