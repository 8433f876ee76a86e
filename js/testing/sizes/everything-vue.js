export * from "django-spa-auth";
export * from "django-spa-auth/vue";
export * from "django-spa-auth/vue-router";
