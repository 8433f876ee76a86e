import { createAuth } from "django-spa-auth";
import { server } from "./paths";

export const auth = createAuth({ baseUrl: `${server}/api/` });
