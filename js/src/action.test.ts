import { expect, test, vi } from "vitest";
import { createAction } from "./action.js";
import type { Answer } from "./answer.js";
import type { Refusal } from "./contract.js";
import { Outage } from "./outage.js";

type Reply = Answer<string, Refusal<"taken">>;

const refusal: Refusal<"taken"> = {
  type: "about:blank",
  title: "Taken",
  status: 400,
  detail: "This name is taken.",
  code: "taken",
};

test("a refusal is kept until the next run has its answer", async () => {
  const call = vi
    .fn<(name: string) => Promise<Reply>>()
    .mockResolvedValueOnce({ data: undefined, error: refusal })
    .mockResolvedValueOnce({ data: "al", error: undefined });
  const action = createAction(call);
  expect(await action.run("alice")).toEqual({ data: undefined, error: refusal });
  expect(action.get()).toEqual({ pending: false, error: refusal });
  const again = action.run("al");
  expect(action.get()).toEqual({ pending: true, error: refusal });
  expect(await again).toEqual({ data: "al", error: undefined });
  expect(action.get()).toEqual({ pending: false, error: undefined });
});

test("an outage is a value too, with a code of its own", async () => {
  const action = createAction((): Promise<Reply> => Promise.reject(new Outage("network")));
  const { error } = await action.run();
  expect(error?.code).toBe("outage");
  expect(action.get().error).toBe(error);
  action.reset();
  expect(action.get().error).toBeUndefined();
});

test("whatever else is thrown is a mistake in the program, and stays thrown", async () => {
  const action = createAction((): Promise<Reply> => Promise.reject(new TypeError("Mine")));
  await expect(action.run()).rejects.toThrow("Mine");
  expect(action.get()).toEqual({ pending: false, error: undefined });
});

test("a second run meanwhile shares the first", async () => {
  const call = vi.fn((): Promise<Reply> => Promise.resolve({ data: "al", error: undefined }));
  const action = createAction(call);
  const both = [action.run(), action.run()];
  expect(await Promise.all(both)).toHaveLength(2);
  expect(call).toHaveBeenCalledTimes(1);
});
