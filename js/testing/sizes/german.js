export { german } from "django-spa-auth/react";
