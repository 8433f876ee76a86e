import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { render as renderVue } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { h } from "vue";
import type { SignedInSession } from "../auth.js";
import { AuthProvider, SignedIn, SignedOut, SignInForm } from "../react/index.js";
import { authPlugin, SignedIn as VueSignedIn } from "../vue/index.js";
import { type FakeAuth, fakeAuth } from "./index.js";

const PASSWORD = "correct-horse-battery-staple";

function show(auth: FakeAuth) {
  return render(
    <AuthProvider auth={auth}>
      <SignedIn>{({ user }) => <p>Hello {user.firstName}</p>}</SignedIn>
      <SignedOut>
        <SignInForm />
      </SignedOut>
    </AuthProvider>,
  );
}

test("React shows who is there at once", () => {
  const auth = fakeAuth({ firstName: "Ada" });
  show(auth);
  screen.getByText("Hello Ada");
});

test("Vue shows who is there at once", async () => {
  const auth = fakeAuth({ firstName: "Ada" });
  const slots = {
    default: ({ session }: { session: SignedInSession }) => h("p", session.user.firstName),
  };
  const page = renderVue(
    { render: () => h(VueSignedIn, null, slots) },
    {
      global: { plugins: [[authPlugin, { auth }]] },
    },
  );
  page.getByText("Ada");
  auth.become({ firstName: "Bob" });
  await page.findByText("Bob");
  auth.become("loading");
  await vi.waitFor(() => expect(page.queryByText("Bob")).toBeNull());
});

test("a form signs in, and is refused", async () => {
  const auth = fakeAuth("anonymous", { people: [{ username: "ada", firstName: "Ada" }] });
  show(auth);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Email or username"), "ada");
  await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
  await screen.findByText(/invalid_credentials/);
  await user.clear(screen.getByLabelText("Password"));
  await user.type(screen.getByLabelText("Password"), `${PASSWORD}{Enter}`);
  await screen.findByText("Hello Ada");
});

test.each(["anonymous", "loading", "unavailable", "pending"] as const)("it may be %s", (state) => {
  const auth = fakeAuth(state);
  expect(auth.get().status).toBe(state);
  expect(auth.getServer()).toEqual(auth.get());
});

test("it tells what happens", async () => {
  const auth = fakeAuth();
  const heard: string[] = [];
  for (const event of ["signedIn", "signedOut", "userChanged", "expired"] as const) {
    auth.on(event, () => heard.push(event));
  }
  auth.become({ username: "ada" });
  auth.become({ username: "bob" });
  auth.become("anonymous");
  auth.become("loading");
  auth.become({ username: "ada" });
  await auth.logout();
  auth.dispose();
  auth.become({ username: "ada" });
  expect(heard).toEqual(["signedIn", "userChanged", "expired", "signedOut"]);
});

test("calls are answered by the server in memory", async () => {
  const auth = fakeAuth({ username: "ada", firstName: "Ada" });
  expect(await auth.load()).toBe(auth.get());
  expect((await auth.session()).data?.status).toBe("authenticated");
  expect((await auth.profile.get()).data?.firstName).toBe("Ada");
  expect((await auth.profile.change({ firstName: "Grace" })).data?.firstName).toBe("Grace");
  expect(auth.get()).toMatchObject({ user: { firstName: "Grace" } });
  expect((await auth.sessions.revokeOthers()).data?.sessions).toHaveLength(1);
  const refusal = { status: 400, code: "invalid_body" } as const;
  auth.server.refuse("PATCH /profile/", refusal);
  expect((await auth.profile.change({ firstName: "" })).error?.code).toBe("invalid_body");
});

test("the end of the session is noticed", async () => {
  const auth = fakeAuth({ username: "ada" });
  const expired = vi.fn();
  auth.on("expired", expired);
  auth.server.expire();
  expect((await auth.whoami()).error?.code).toBe("not_authenticated");
  expect(auth.get().status).toBe("anonymous");
  expect(expired).toHaveBeenCalledOnce();
});

test("a fresh proof is asked for", async () => {
  const auth = fakeAuth({ username: "ada" });
  auth.server.ageProofs();
  auth.challenge.subscribe(() => {});
  const deleted = auth.account.delete();
  await vi.waitFor(() => expect(auth.challenge.get()?.ways).toEqual(["password"]));
  await auth.reauthenticate.password({ password: PASSWORD });
  expect((await deleted).data?.status).toBe("anonymous");
});

test("what nobody answers says so", async () => {
  const auth = fakeAuth({ username: "ada" });
  await expect(auth.activity()).rejects.toThrow("Nothing answers GET /api/activity/");
  await expect(auth.fetch("/notes/")).rejects.toThrow("Nothing answers GET /notes/");
  const { status } = await (await auth.fetch("/api/session/")).json();
  expect(status).toBe("authenticated");
});
