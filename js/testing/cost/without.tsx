/** A project without this package: what TypeScript has to read for React, Vue and their routers. */
import { createRoot } from "react-dom/client";
import { BrowserRouter, Navigate, Outlet } from "react-router";
import { createApp, h, onScopeDispose, shallowRef } from "vue";
import { createRouter, createWebHistory } from "vue-router";

createRoot(document.body).render(
  <BrowserRouter>
    <Outlet />
    <Navigate to="/" />
  </BrowserRouter>,
);
const state = shallowRef("loading");
onScopeDispose(() => {});
const app = createApp(() => h("p", state.value));
app.use(createRouter({ history: createWebHistory(), routes: [] }));
