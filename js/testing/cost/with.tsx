/** The same project with everything of this package, each call and each refusal looked at. */
import "./without.js";
import { createAuth, Outage, readAnswer, safeNext } from "django-spa-auth";
import * as react from "django-spa-auth/react";
import * as reactRouter from "django-spa-auth/react-router";
import * as vue from "django-spa-auth/vue";
import * as vueRouter from "django-spa-auth/vue-router";
import { createRoot } from "react-dom/client";
import { createApp, h } from "vue";

const auth = createAuth({ baseUrl: "/api/" });
auth.on("signedIn", (session) => document.title.concat(session.status));

async function everything(): Promise<string | undefined> {
  const answers = [
    await auth.session(),
    await auth.login.password({ login: "alice", password: "x" }),
    await auth.signup({ email: "alice@example.com", password: "x", username: "alice" }),
    await auth.email.verify({ code: "123456" }),
    await auth.whoami(),
    await auth.profile.get(),
    await auth.profile.change({ firstName: "Al" }),
    await auth.sessions.list(),
    await auth.sessions.revoke("a"),
    await auth.sessions.revokeOthers(),
    await auth.social.begin("github"),
    await auth.social.finish("github", { state: "x", code: "x" }),
    await auth.social.list(),
    await auth.config(),
    await auth.logout(),
    await readAnswer<{ text: string }>(await auth.fetch("/api/notes/")),
  ];
  return answers.map(({ error }) => error?.code).find((code) => code === "rate_limited");
}

function Actions() {
  const { run, error } = react.useAction(auth.login.password);
  const session = react.useSession();
  if (error instanceof Outage) return error.reason;
  void run({ email: "alice@example.com", password: "x" });
  return session.status === "authenticated" ? session.user.id : error?.fields?.password?.[0]?.code;
}

createRoot(document.body).render(
  <react.AuthProvider auth={auth}>
    <react.TextsProvider texts={{ signIn: "Enter" }}>
      <reactRouter.RequireSession signInPath={safeNext("/sign-in") ?? "/"}>
        <react.SignedIn>{({ user }) => user.username}</react.SignedIn>
        <react.SignedOut>
          <react.SignInForm />
          <react.SocialButtons next="/" />
          <react.SocialCallback provider="github" signInPath="/sign-in" />
          <react.SignUpForm token="x" onDone={({ status }) => document.title.concat(status)} />
        </react.SignedOut>
        <react.ProfileForm fields={["firstName"]} />
        <react.DeviceList />
        <react.ConnectedAccounts />
        <react.SignOutButton onSignedOut={() => void everything()} />
        <Actions />
      </reactRouter.RequireSession>
    </react.TextsProvider>
  </react.AuthProvider>,
);

const components = [
  vue.SignInForm,
  vue.SignUpForm,
  vue.ProfileForm,
  vue.DeviceList,
  vue.SignOutButton,
  vue.SocialButtons,
  vue.ConnectedAccounts,
];
createApp({
  setup() {
    // biome-ignore lint/correctness/useHookAtTopLevel: a setup of Vue, not a component of React
    const { run, pending, error } = vue.useAction(auth.login.password);
    // biome-ignore lint/correctness/useHookAtTopLevel: a setup of Vue, not a component of React
    const session = vue.useSession();
    void run({ username: "alice", password: "x" });
    return () => [
      pending.value ? error.value?.code : session.value.status,
      h(vueRouter.RequireSession, { signInPath: "/sign-in" }, () =>
        components.map((component) => h(component)),
      ),
      h(vue.SignedIn, null, () => h(vue.SignedOut)),
    ];
  },
}).use(vue.authPlugin, { auth });
