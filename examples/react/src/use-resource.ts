import { type Answer, createAction, type Outage, type Refusal } from "django-spa-auth";
import { useCallback, useEffect, useState } from "react";

export type Resource<Data> =
  | { status: "loading" }
  | { status: "ready"; data: Data }
  | { status: "failed"; error: Refusal | Outage };

/** Something read from the API when the page appears. `read` must keep its identity. */
export function useResource<Data>(read: () => Promise<Answer<Data>>) {
  const [resource, setResource] = useState<Resource<Data>>({ status: "loading" });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reads again
  useEffect(() => {
    let current = true;
    setResource({ status: "loading" });
    void settle(read).then((next) => {
      if (current) setResource(next);
    });
    return () => {
      current = false;
    };
  }, [read, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  // Takes a function, so that two changes at once do not lose one.
  const change = useCallback((edit: (data: Data) => Data) => {
    setResource((now) => (now.status === "ready" ? { ...now, data: edit(now.data) } : now));
  }, []);
  return { resource, retry, change };
}

async function settle<Data>(read: () => Promise<Answer<Data>>): Promise<Resource<Data>> {
  const { data, error } = await createAction(read).run();
  return error ? { status: "failed", error } : { status: "ready", data };
}
