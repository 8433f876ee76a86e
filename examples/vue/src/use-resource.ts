import { type Answer, createAction, type Outage, type Refusal } from "django-spa-auth";
import { type ShallowRef, shallowRef } from "vue";

export type Resource<Data> =
  | { status: "loading" }
  | { status: "ready"; data: Data }
  | { status: "failed"; error: Refusal | Outage };

export interface ResourceControls<Data> {
  resource: Readonly<ShallowRef<Resource<Data>>>;
  /** Read it again. An answer that is still on its way does not count then. */
  retry: () => void;
  /** Change what was read, if it was. */
  change: (edit: (data: Data) => Data) => void;
}

/** Something read from the API when the component appears. */
export function useResource<Data>(read: () => Promise<Answer<Data>>): ResourceControls<Data> {
  const resource = shallowRef<Resource<Data>>({ status: "loading" });
  let attempt = 0;

  async function load() {
    attempt += 1;
    const current = attempt;
    resource.value = { status: "loading" };
    const next = await settle(read);
    if (current === attempt) resource.value = next;
  }

  void load();
  return {
    resource,
    retry: () => void load(),
    change(edit) {
      const now = resource.value;
      if (now.status === "ready") resource.value = { ...now, data: edit(now.data) };
    },
  };
}

async function settle<Data>(read: () => Promise<Answer<Data>>): Promise<Resource<Data>> {
  const { data, error } = await createAction(read).run();
  return error ? { status: "failed", error } : { status: "ready", data };
}
