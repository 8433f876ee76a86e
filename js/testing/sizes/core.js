export { createAuth } from "django-spa-auth";
