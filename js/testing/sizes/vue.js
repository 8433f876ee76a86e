export { createAuth, safeNext } from "django-spa-auth";
export {
  authPlugin,
  SignedIn,
  SignedOut,
  useAction,
  useAuth,
  useSession,
} from "django-spa-auth/vue";
export { RequireSession, requireSession } from "django-spa-auth/vue-router";
