/** A file of its own, so that it is fetched without the rest of the package. */
export { ReauthenticationDialog } from "django-spa-auth/react";
