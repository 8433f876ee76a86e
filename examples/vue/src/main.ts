import { authPlugin } from "django-spa-auth/vue";
import { createApp } from "vue";
import App from "./app.vue";
import { createAppRouter } from "./router";
import { auth } from "./session";
import "./styles/index.css";
import { vuetify } from "./vuetify";

const router = createAppRouter();
const app = createApp(App).use(vuetify).use(authPlugin, { auth }).use(router);
// Not before the first page is here, so that nothing moves when it comes.
void router
  .isReady()
  .catch(() => {})
  .then(() => app.mount("#root"));
