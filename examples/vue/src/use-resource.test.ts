import { type Answer, Outage, type Refusal } from "django-spa-auth";
import { expect, test } from "vitest";
import { useResource } from "./use-resource";

const settled = () => new Promise((resolve) => setTimeout(resolve));
const data = <Data>(value: Data): Answer<Data> => ({ data: value, error: undefined });
const refused: Refusal = {
  type: "about:blank",
  title: "Forbidden",
  status: 403,
  code: "not_yours",
  detail: "Not yours.",
};

test("an outage is kept, to be said in the words of the page", async () => {
  const outage = new Outage("network");
  const { resource } = useResource(() => Promise.reject(outage));
  expect(resource.value).toEqual({ status: "loading" });
  await settled();
  expect(resource.value).toEqual({ status: "failed", error: outage });
});

test("a refusal is kept, with the words of the server", async () => {
  const { resource } = useResource(async () => ({ data: undefined, error: refused }));
  await settled();
  expect(resource.value).toEqual({ status: "failed", error: refused });
});

test("what has failed cannot be changed, and can be read again", async () => {
  const answers = [Promise.reject(new Outage("server")), Promise.resolve(data(["late"]))];
  const { resource, retry, change } = useResource<string[]>(() => answers.shift() ?? never());
  await settled();
  change((notes) => [...notes, "mine"]);
  expect(resource.value.status).toBe("failed");
  retry();
  expect(resource.value.status).toBe("loading");
  await settled();
  expect(resource.value).toEqual({ status: "ready", data: ["late"] });
});

test("an answer that was overtaken does not count", async () => {
  let answer = (_: Answer<string>) => {};
  const first = new Promise<Answer<string>>((resolve) => {
    answer = resolve;
  });
  const answers = [first, Promise.resolve(data("new"))];
  const { resource, retry } = useResource(() => answers.shift() ?? never());
  retry();
  await settled();
  answer(data("old"));
  await settled();
  expect(resource.value).toEqual({ status: "ready", data: "new" });
});

test("what was read can be changed", async () => {
  const { resource, change } = useResource(async () => data([1, 2]));
  await settled();
  change((numbers) => numbers.filter((number) => number > 1));
  expect(resource.value).toEqual({ status: "ready", data: [2] });
});

function never(): never {
  throw new Error("It was read once too often");
}
