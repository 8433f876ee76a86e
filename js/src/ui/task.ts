import type { Answer } from "../answer.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { attempt } from "./failure.js";
import type { Texts } from "./texts.js";

export interface TaskState {
  busy: boolean;
  /** Why it did not work the last time. */
  problem: string;
  /** What it has done the last time. */
  status: string;
}

export interface Task extends Pick<Store<TaskState>, "get" | "getServer" | "subscribe"> {
  /**
   * Do it, unless it is being done, and have a screen reader say what became of it: `done` puts it in
   * words. Resolves to the data, or to nothing.
   */
  run: <Data>(
    send: () => Promise<Answer<Data>>,
    done: (data: Data) => string,
  ) => Promise<Data | undefined>;
}

/** The life of a button that asks for something, and needs no form. */
export function createTask(texts: () => Texts): Task {
  const store = createStore<TaskState>({ busy: false, problem: "", status: "" });
  const { get, getServer, subscribe } = store;
  return {
    get,
    getServer,
    subscribe,
    async run(send, done) {
      if (get().busy) return;
      store.set({ busy: true, problem: "", status: "" });
      const now = { busy: false, problem: "", status: "" };
      try {
        const { data, reason } = await attempt(send, texts());
        if (data) now.status = done(data);
        else now.problem = reason;
        announce(now.status || now.problem);
        return data;
      } finally {
        store.set(now);
      }
    },
  };
}
