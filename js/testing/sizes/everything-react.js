export * from "django-spa-auth";
export * from "django-spa-auth/react";
export * from "django-spa-auth/react-router";
