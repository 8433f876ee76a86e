import { expect, test, vi } from "vitest";
import { createStore } from "./store.js";

test("a listener hears of every change until it leaves", () => {
  const store = createStore({ count: 0 });
  const listener = vi.fn();
  const leave = store.subscribe(listener);
  store.set({ count: 1 });
  leave();
  store.set({ count: 2 });
  expect(listener).toHaveBeenCalledTimes(1);
});

test("an equal value keeps its identity and tells nobody", () => {
  const store = createStore({ count: 0 });
  const before = store.get();
  const listener = vi.fn();
  store.subscribe(listener);
  store.set({ count: 0 });
  expect(store.get()).toBe(before);
  expect(listener).not.toHaveBeenCalled();
});

test("the same function may subscribe twice and leave once", () => {
  const store = createStore(0);
  const listener = vi.fn();
  const leave = store.subscribe(listener);
  store.subscribe(listener);
  leave();
  store.set(1);
  expect(listener).toHaveBeenCalledTimes(1);
});

test("a server render always sees the beginning", () => {
  const store = createStore("loading");
  store.set("ready");
  expect(store.getServer()).toBe("loading");
});
