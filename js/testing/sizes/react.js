export { createAuth, safeNext } from "django-spa-auth";
export {
  AuthProvider,
  SignedIn,
  SignedOut,
  useAction,
  useAuth,
  useSession,
} from "django-spa-auth/react";
export { RequireSession, requireSession } from "django-spa-auth/react-router";
