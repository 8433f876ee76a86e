import { expectTypeOf, test } from "vitest";
import type { Auth } from "./client";

type ErrorOf<Call extends keyof Auth> = Auth[Call] extends (...args: never[]) => Promise<infer A>
  ? A extends { error: infer E extends object }
    ? E
    : never
  : never;

test("a code that an endpoint does not send cannot be compared with", () => {
  expectTypeOf<"invalid_credentials">().toExtend<ErrorOf<"signIn">["code"]>();
  expectTypeOf<"rate_limited">().toExtend<ErrorOf<"signIn">["code"]>();
  expectTypeOf<"wrong_password">().not.toExtend<ErrorOf<"signIn">["code"]>();
  expectTypeOf<"invalid_credentials">().not.toExtend<ErrorOf<"updateProfile">["code"]>();
});

test("a user is there if and only if somebody is signed in", () => {
  type Snapshot = ReturnType<Auth["get"]>;
  expectTypeOf<Extract<Snapshot, { isAuthenticated: true }>>().toHaveProperty("user");
  expectTypeOf<Extract<Snapshot, { isAuthenticated: false }>>().not.toHaveProperty("user");
});

test("the token is not part of what consumers see", () => {
  expectTypeOf<ReturnType<Auth["get"]>>().not.toHaveProperty("csrfToken");
});
