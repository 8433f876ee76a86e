/**
 * A project without this package: a component of its own in React and in Vue, and a router in each,
 * so that what TypeScript spends on the frameworks themselves is spent here already.
 */
import { createRoot } from "react-dom/client";
import { BrowserRouter, Navigate, Outlet } from "react-router";
import { createApp, defineComponent, h, onScopeDispose, type PropType, shallowRef } from "vue";
import { createRouter, createWebHistory } from "vue-router";

createRoot(document.body).render(
  <BrowserRouter>
    <Outlet />
    <Navigate to="/" />
  </BrowserRouter>,
);

const Names = defineComponent({
  props: { names: { type: Array as PropType<string[]>, required: true }, label: String },
  emits: { chosen: (_name: string) => true },
  setup(props) {
    const state = shallowRef("loading");
    onScopeDispose(() => {});
    return () => h("p", [props.label, state.value, ...props.names]);
  },
});
const app = createApp(() => h(Names, { names: ["alice"], onChosen: () => {} }));
app.use(createRouter({ history: createWebHistory(), routes: [] }));
