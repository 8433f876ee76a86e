import { expect, test } from "vitest";
import { safeNext, signInLink } from "./next.js";

const ORIGIN = "https://app.example.com";

test.each([
  ["/"],
  ["/notes"],
  ["/notes?tag=a&from=https://example.org/"],
  ["/notes#top"],
  ["/admin/auth/user/"],
  ["/%2Fexample.org"],
  ["/%5Cexample.org"],
  ["/@example.org"],
  ["/:80"],
])("a path of this site is accepted: %s", (next) => {
  expect(safeNext(next, ORIGIN)).toBe(next);
});

test.each([
  [null],
  [""],
  ["notes"],
  [" /notes"],
  ["//example.org"],
  ["///example.org"],
  ["/\\example.org"],
  ["\\/example.org"],
  ["\\\\example.org"],
  ["/notes\\..\\..\\example.org"],
  ["/\t/example.org"],
  ["/\n/example.org"],
  ["/\r\n/example.org"],
  ["\t//example.org"],
  ["/\u0000/example.org"],
  ["/\u007f/example.org"],
  ["/\u0085/example.org"],
  ["/.//example.org"],
  ["/..//example.org"],
  ["/notes/..//example.org"],
  ["/%2e//example.org"],
  ["/a/%2E%2e//example.org"],
  ["/notes//example.org"],
  ["https://example.org/"],
  ["https:/example.org"],
  ["https:example.org"],
  ["HTTPS://APP.EXAMPLE.COM/notes"],
  ["https://app.example.com@example.org/"],
  ["javascript:alert(1)"],
  ["java\nscript:alert(1)"],
  ["data:text/html,x"],
  ["blob:https://app.example.com/x"],
  ["?next=//example.org"],
  ["#//example.org"],
  [".//example.org"],
  ["\u2028//example.org"],
  ["\uff0f\uff0fexample.org"],
])("an address that could lead elsewhere is refused: %j", (next) => {
  expect(safeNext(next, ORIGIN)).toBeUndefined();
});

test("what is accepted stays on this site however it is resolved", () => {
  const accepted = safeNext("/a/../notes?x=//y", ORIGIN);
  expect(accepted).toBe("/notes?x=//y");
  expect(new URL(accepted ?? "", ORIGIN).origin).toBe(ORIGIN);
});

test("an origin that does not compare equal refuses everything", () => {
  expect(safeNext("/notes", "https://app.example.com/base/")).toBeUndefined();
});

test("the way to the sign-in page remembers where the visitor was", () => {
  expect(signInLink("/sign-in", "/notes?a=1&b=2")).toBe("/sign-in?next=%2Fnotes%3Fa%3D1%26b%3D2");
  expect(signInLink("/sign-in", "/")).toBe("/sign-in");
});

// As long as the server makes one.
const STATE = `${"x".repeat(43)}.${"0".repeat(32)}`;

test.each([
  ["/undo-email#token=abc", "/sign-in?next=%2Fundo-email"],
  ["/change-email?a=1#x=2&token=abc", "/sign-in?next=%2Fchange-email%3Fa%3D1"],
  ["/notes#names", "/sign-in?next=%2Fnotes%23names"],
  [`/auth/oidc/callback?code=abc&state=${STATE}&iss=x`, "/sign-in?next=%2Fauth%2Foidc%2Fcallback"],
  [`/auth/oidc/callback#state=${STATE}&error=no`, "/sign-in?next=%2Fauth%2Foidc%2Fcallback"],
  ["/orders?state=open", "/sign-in?next=%2Forders%3Fstate%3Dopen"],
])("secrets that came with a page stay out of addresses that servers see: %s", (path, link) => {
  expect(signInLink("/sign-in", path)).toBe(link);
});
