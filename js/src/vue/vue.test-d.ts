import { expectTypeOf, test } from "vitest";
import { type App, h, type Ref, type ShallowRef } from "vue";
import type { Auth, CallOptions, SignedInSession, Snapshot } from "../auth.js";
import type { PasswordLogin, PasswordLoginRefusal, User } from "../contract.js";
import type { Outage } from "../outage.js";
import {
  authPlugin,
  type FieldAria,
  type FieldFrame,
  type SignedIn,
  SignOutButton,
  SocialButtons,
  SocialCallback,
  SubmitButton,
  TextField,
  useAction,
  useForm,
  useSession,
  useStore,
  useTexts,
} from "./index.js";

declare const app: App;
declare const auth: Auth;

test("the plugin cannot be used without a client", () => {
  app.use(authPlugin, { auth });
  app.use(authPlugin, { auth, texts: { signIn: "Anmelden" } });
  app.use(authPlugin, { auth, texts: () => ({ signIn: "Anmelden" }) });
  // @ts-expect-error - no options
  app.use(authPlugin);
  // @ts-expect-error - no client
  app.use(authPlugin, {});
  // @ts-expect-error - misspelt
  app.use(authPlugin, { auth, texts: { signin: "Anmelden" } });
});

test("a user is there if and only if somebody is signed in", () => {
  const session = useSession();
  expectTypeOf(session).toEqualTypeOf<Readonly<ShallowRef<Snapshot>>>();
  if (session.value.isAuthenticated) expectTypeOf(session.value.user.id).toBeString();
  // @ts-expect-error - nobody may be signed in
  session.value.user;
  // @ts-expect-error - the server decides
  session.value = { status: "loading", isAuthenticated: false };
});

test("an action takes what its call takes, and fails as its call fails", () => {
  const { run, pending, error } = useAction(auth.login.password);
  expectTypeOf(run).parameter(0).toEqualTypeOf<PasswordLogin>();
  expectTypeOf(run).parameter(1).toEqualTypeOf<CallOptions | undefined>();
  expectTypeOf(pending).toEqualTypeOf<Readonly<Ref<boolean>>>();
  expectTypeOf(error.value).toEqualTypeOf<PasswordLoginRefusal | Outage | undefined>();
  if (error.value?.code === "outage") expectTypeOf(error.value).toEqualTypeOf<Outage>();
  // @ts-expect-error - a code that this endpoint does not send
  if (error.value?.code === "not_found") error.value.detail;
});

test("a form resolves to the data of what it sent", () => {
  const { submit, busy, wait } = useForm();
  expectTypeOf(submit(() => auth.whoami())).resolves.toEqualTypeOf<User | undefined>();
  expectTypeOf(busy.value).toBeBoolean();
  expectTypeOf(wait.value).toBeNumber();
});

test("a store gives its own type", () => {
  expectTypeOf(useStore(auth).value).toEqualTypeOf<Snapshot>();
  expectTypeOf(useTexts().value.signIn).toBeString();
});

test("slots say what they get", () => {
  type SlotOf<C extends abstract new (...args: never) => { $slots: { default: unknown } }> =
    InstanceType<C>["$slots"]["default"];
  expectTypeOf<SlotOf<typeof SignedIn>>()
    .parameter(0)
    .toEqualTypeOf<{ session: SignedInSession }>();
  expectTypeOf<SlotOf<typeof FieldFrame>>().parameter(0).toEqualTypeOf<FieldAria>();
});

test("components take their own props", () => {
  const words = { label: "Save", busyLabel: "Saving" };
  h(SubmitButton, { ...words, busy: true });
  // @ts-expect-error - whether it is busy has to be said
  h(SubmitButton, words);
  h(TextField, { id: "a", label: "A", autocomplete: "given-name", required: true });
  // @ts-expect-error - a field without a label
  h(TextField, { id: "a" });
  h(SocialButtons, { next: "/", remember: false, popup: true });
  h(SocialCallback, { provider: "github", signInPath: "/", onDone: (_, path: string) => path });
  // @ts-expect-error - a page to sign in on otherwise is needed
  h(SocialCallback, { provider: "github" });
  h(SignOutButton, { class: "mine", onSignedOut: () => {} });
  // @ts-expect-error - not a listener
  h(SignOutButton, { onSignedOut: "/" });
});
