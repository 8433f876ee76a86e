import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "../answer.js";
import { english } from "./english.js";
import { createForm, type Form } from "./form.js";

const WAIT = 3;
const said = () => document.querySelector('[role="status"]')?.textContent ?? "";
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
let form: Form;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
  form = createForm(() => english);
});

afterEach(() => {
  vi.useRealTimers();
});

async function refusedForAWhile(): Promise<Answer<string>> {
  const words = { type: "about:blank", title: "Too many tries", detail: "" };
  const error = { ...words, code: "rate_limited", status: 429, retryAfter: WAIT };
  return { data: undefined, error };
}

test("the countdown ends with words", async () => {
  form.subscribe(() => {});
  await form.submit(refusedForAWhile);
  await pass(1);
  expect(form.get().wait).toBe(WAIT - 1);
  await pass(WAIT);
  expect(said()).toBe(english.tryAgainNow);
});

test("a form that is shown twice counts until the last one leaves", async () => {
  const leave = form.subscribe(() => {});
  form.subscribe(() => {});
  await form.submit(refusedForAWhile);
  leave();
  await pass(1);
  expect(form.get().wait).toBe(WAIT - 1);
});

test("a form that left during its request says nothing later", async () => {
  const leave = form.subscribe(() => {});
  const sent = form.submit(refusedForAWhile);
  leave();
  await sent;
  await pass(WAIT + 1);
  expect(said()).toBe("");
  expect(vi.getTimerCount()).toBe(0);
});

test("a countdown goes on by the clock when the form is shown again", async () => {
  const leave = form.subscribe(() => {});
  await form.submit(refusedForAWhile);
  leave();
  await pass(2);
  form.subscribe(() => {});
  await pass(1);
  expect(form.get().wait).toBe(0);
});
