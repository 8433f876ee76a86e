import { expect, test } from "vitest";
import { english } from "./english.js";
import { createTask } from "./task.js";

test("what is no answer at all is thrown, and the button is free again", async () => {
  const task = createTask(() => english);
  const fault = () => Promise.reject(new Error("a fault"));
  await expect(task.run(fault, () => "")).rejects.toThrow("a fault");
  expect(task.get()).toEqual({ busy: false });
});
