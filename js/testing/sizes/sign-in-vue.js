export { createAuth } from "django-spa-auth";
export { authPlugin, ReauthenticationDialog, SignInForm } from "django-spa-auth/vue";
export { requireSession } from "django-spa-auth/vue-router";
