export { SocialButtons } from "django-spa-auth/vue";
export * from "./sign-in-vue.js";
