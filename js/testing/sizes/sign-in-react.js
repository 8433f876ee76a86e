export { createAuth } from "django-spa-auth";
export { AuthProvider, ReauthenticationDialog, SignInForm } from "django-spa-auth/react";
export { RequireSession } from "django-spa-auth/react-router";
