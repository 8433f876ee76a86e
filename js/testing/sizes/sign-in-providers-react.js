export { SocialButtons } from "django-spa-auth/react";
export * from "./sign-in-react.js";
