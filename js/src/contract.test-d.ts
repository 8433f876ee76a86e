import { expectTypeOf, test } from "vitest";
import type { Auth, Session, Snapshot } from "./auth.js";
import type { Challenge } from "./challenge.js";
import type {
  ActivityQuery,
  EmailSignIn,
  FieldError,
  PasswordLogin,
  PasswordLoginRefusal,
  ProfileChangeRefusal,
  SignupFinish,
  SocialFinishRefusal,
  SocialReturn,
} from "./contract.js";
import { Outage } from "./outage.js";
import { openSocialPopup, startSocial, takeSocialReturn } from "./social.js";

declare const auth: Auth;

test("a code that an endpoint does not send cannot be compared with", async () => {
  const { error } = await auth.login.password({ login: "alice", password: "x" });
  if (error?.code === "invalid_credentials") error.detail;
  // @ts-expect-error - misspelt
  if (error?.code === "invalid_credential") error.detail;
  const { error: refused } = await auth.profile.change({});
  // @ts-expect-error - a code of another endpoint
  if (refused?.code === "invalid_credentials") refused.detail;
});

test("server errors are thrown, so their codes are not to be handled", () => {
  expectTypeOf<"server_error">().not.toExtend<PasswordLoginRefusal["code"]>();
});

test("a switch that handles every code leaves nothing, and a missing case is found", () => {
  function complete({ code }: PasswordLoginRefusal): string {
    switch (code) {
      case "invalid_credentials":
      case "rate_limited":
      case "invalid_body":
      case "origin_refused":
      case "bad_request":
      case "cookie_ambiguous":
      case "credentials_ambiguous":
      case "body_too_large":
      case "unsupported_media_type":
        return code;
      default:
        return code satisfies never;
    }
  }
  function lacking({ code }: PasswordLoginRefusal): string {
    switch (code) {
      case "invalid_credentials":
      case "invalid_body":
      case "origin_refused":
      case "bad_request":
      case "cookie_ambiguous":
      case "credentials_ambiguous":
      case "body_too_large":
      case "unsupported_media_type":
        return code;
      default:
        // @ts-expect-error - rate_limited is not handled
        return code satisfies never;
    }
  }
  expectTypeOf(complete).toEqualTypeOf(lacking);
});

test("the fields of a refusal are those of the body, and the whole", () => {
  type Fields = NonNullable<PasswordLoginRefusal["fields"]>;
  expectTypeOf<keyof Fields>().toEqualTypeOf<
    "" | "login" | "username" | "email" | "password" | "remember"
  >();
  expectTypeOf<NonNullable<Fields["login"]>>().toEqualTypeOf<readonly FieldError[]>();
  expectTypeOf<keyof NonNullable<ProfileChangeRefusal["fields"]>>().toEqualTypeOf<
    "" | "firstName" | "lastName"
  >();
});

test("one of the three identifiers is needed", () => {
  expectTypeOf<{ email: string; password: string }>().toExtend<PasswordLogin>();
  expectTypeOf<{ password: string }>().not.toExtend<PasswordLogin>();
});

test("a proof is a link's token, or a code and its address", () => {
  const account = { password: "x", username: "alice" };
  expectTypeOf<typeof account & { token: string }>().toExtend<SignupFinish>();
  expectTypeOf<typeof account & { code: string }>().not.toExtend<SignupFinish>();
  expectTypeOf<{ email: string; code: string }>().toExtend<EmailSignIn>();
  expectTypeOf<{ password: string }>().not.toExtend<EmailSignIn>();
});

test("a sign-up leads to a mail, or to a session", async () => {
  const { data } = await auth.signup({ email: "a@example.com", password: "x", username: "a" });
  if (data?.status === "check_mail") expectTypeOf(data.detail).toBeString();
  if (data?.status === "authenticated") expectTypeOf(data.user.id).toBeString();
});

test("a user is there if and only if somebody is signed in", () => {
  const session: Snapshot = auth.get();
  // @ts-expect-error - nobody may be signed in
  session.user;
  if (session.status === "authenticated") expectTypeOf(session.user.id).toBeString();
  if (session.isAuthenticated) expectTypeOf(session.user.id).toBeString();
  if (session.status === "pending") expectTypeOf(session.next).toEqualTypeOf<string[]>();
});

test("data is there if and only if there is no error", async () => {
  const { data, error } = await auth.whoami();
  if (error) expectTypeOf(data).toBeUndefined();
  else expectTypeOf(data.id).toBeString();
});

test("a page begins at an id or at nothing, not at what the last page says", () => {
  expectTypeOf<{ before: string }>().toExtend<ActivityQuery>();
  expectTypeOf<{ before: undefined }>().toExtend<ActivityQuery>();
  expectTypeOf<{ before: null }>().not.toExtend<ActivityQuery>();
});

test("the token is not part of what consumers see", () => {
  expectTypeOf<Snapshot>().not.toHaveProperty("csrfToken");
});

test("one switch tells an outage from every refusal", () => {
  expectTypeOf<Outage["code"]>().toEqualTypeOf<"outage">();
  expectTypeOf(new Outage("network").retryAfter).toEqualTypeOf<number | undefined>();
});

test("a challenge is there or not, and its ways are not ours to change", () => {
  expectTypeOf(auth.challenge.get()).toEqualTypeOf<Challenge | undefined>();
  // @ts-expect-error - what the server has said
  auth.challenge.get()?.ways.push("password");
});

test("a provider sends a code, or why there is none", () => {
  expectTypeOf<{ state: string; code: string; iss: string }>().toExtend<SocialReturn>();
  expectTypeOf<{ state: string; error: string }>().toExtend<SocialReturn>();
  expectTypeOf<{ state: string }>().not.toExtend<SocialReturn>();
  expectTypeOf<{ code: string }>().not.toExtend<SocialReturn>();
});

test("a provider that is down is a refusal, and a server that is down is not", async () => {
  expectTypeOf<"social.provider_unavailable">().toExtend<SocialFinishRefusal["code"]>();
  expectTypeOf<"session_store_unavailable">().not.toExtend<SocialFinishRefusal["code"]>();
  const { error } = await auth.social.begin("github", { remember: false });
  if (error?.code === "social.provider_unavailable") expectTypeOf(error.detail).toBeString();
  // @ts-expect-error - a code of another endpoint
  if (error?.code === "social.last_way") error.detail;
  const { data } = await auth.social.list();
  expectTypeOf(data?.connections[0]?.provider).toEqualTypeOf<string | undefined>();
});

test("there and back without a framework", async () => {
  const { data } = await startSocial(auth, "github", { next: "/", popup: openSocialPopup() });
  expectTypeOf(data).toEqualTypeOf<Session | undefined>();
  const back = takeSocialReturn(location);
  if (back) expectTypeOf(auth.social.finish("github", back)).resolves.toHaveProperty("data");
});
