import { type App, computed, inject, type MaybeRefOrGetter, type ObjectPlugin, toValue } from "vue";
import type { Auth } from "../auth.js";
import type { AllTexts } from "../ui/texts.js";
import { AUTH, TEXTS } from "./keys.js";

export interface AuthPluginOptions {
  auth: Auth;
  /** The words that are not to be the English ones. */
  texts?: MaybeRefOrGetter<Partial<AllTexts>>;
}

/** Makes the client known to every component of the app. */
export const authPlugin: ObjectPlugin<[AuthPluginOptions]> = {
  install(app: App, { auth, texts = {} }) {
    app.provide(AUTH, auth);
    app.provide(
      TEXTS,
      computed(() => toValue(texts)),
    );
    // Also between two pages that do not ask who is there. On a server no app is ever unmounted.
    if (typeof document !== "undefined") app.onUnmount(auth.subscribe(() => {}));
  },
};

/** The client. Throws where the plugin is missing. */
export function useAuth(): Auth {
  const auth = inject(AUTH, undefined);
  if (!auth)
    throw new Error("useAuth needs app.use(authPlugin, { auth }), and a setup to be called in");
  return auth;
}
