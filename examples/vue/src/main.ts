import { authPlugin } from "django-spa-auth/vue";
import { createApp } from "vue";
import App from "./app.vue";
import { ready } from "./language";
import { createAppRouter } from "./router";
import { auth } from "./session";
import "./styles/index.css";
import { vuetify } from "./vuetify";

const router = createAppRouter();
const app = createApp(App).use(vuetify).use(authPlugin, { auth }).use(router);
// Not before the first page and its words are here, so that nothing moves when they come.
void Promise.allSettled([router.isReady(), ready]).then(() => app.mount("#root"));
