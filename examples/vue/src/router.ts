import { shallowRef } from "vue";
import {
  createRouter,
  createWebHistory,
  type LocationQueryRaw,
  type Router,
  START_LOCATION,
} from "vue-router";
import GuardedPages from "./layout/guarded-pages.vue";
import { paths } from "./paths";

const NOT_FOUND = "not-found";

/** How many pages the visitor has come to since the document was loaded. */
let arrivals = 0;

/** Whether the first page could not be fetched. */
export const failed = shallowRef(false);

export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    stringifyQuery,
    routes: [
      { path: paths.home, component: () => import("./pages/home-page.vue") },
      { path: paths.signIn, component: () => import("./pages/sign-in-page.vue") },
      {
        path: paths.forgotPassword,
        component: () => import("./pages/forgot-password-page.vue"),
      },
      { path: paths.resetPassword, component: () => import("./pages/reset-password-page.vue") },
      { path: paths.mailSignIn, component: () => import("./pages/sign-in-by-mail-page.vue") },
      { path: paths.signUp, component: () => import("./pages/sign-up-page.vue") },
      { path: paths.socialCallback, component: () => import("./pages/social-callback-page.vue") },
      { path: paths.verifyEmail, component: () => import("./pages/verify-email-page.vue") },
      { path: paths.changeEmail, component: () => import("./pages/change-email-page.vue") },
      { path: paths.undoEmail, component: () => import("./pages/undo-email-page.vue") },
      {
        path: paths.restoreAccount,
        component: () => import("./pages/restore-account-page.vue"),
      },
      {
        path: "/",
        component: GuardedPages,
        children: [
          { path: paths.notes, component: () => import("./pages/notes-page.vue") },
          { path: paths.profile, component: () => import("./pages/profile-page.vue") },
          { path: paths.password, component: () => import("./pages/password-page.vue") },
          { path: paths.devices, component: () => import("./pages/devices-page.vue") },
          { path: paths.activity, component: () => import("./pages/activity-page.vue") },
          { path: paths.tokens, component: () => import("./pages/tokens-page.vue") },
          { path: paths.account, component: () => import("./pages/account-page.vue") },
        ],
      },
      {
        path: "/:path(.*)*",
        name: NOT_FOUND,
        component: () => import("./pages/not-found-page.vue"),
      },
    ],
  });
  router.afterEach((_to, _from, failure) => {
    if (!failure) arrivals += 1;
  });
  // The server has newer pages, or is away: a full load finds out which. Not for the first page, or
  // it would be loaded for ever.
  router.onError((_error, to, from) => {
    if (from === START_LOCATION) failed.value = true;
    else location.assign(to.fullPath);
  });
  return router;
}

/** Whether the page on screen is the first one: there, the browser itself begins at the top. */
export function isFirstPage(): boolean {
  return arrivals <= 1;
}

/** Whether a path is one of this app's pages. */
export function isPage(router: Router, path: string): boolean {
  return router.resolve(path).name !== NOT_FOUND;
}

/** As `signInLink` writes it: a page has one address, however the visitor came to it. */
function stringifyQuery(query: LocationQueryRaw = {}): string {
  const encode = encodeURIComponent;
  return Object.entries(query)
    .flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => encode(name) + (value == null ? "" : `=${encode(value)}`))
    .join("&");
}
