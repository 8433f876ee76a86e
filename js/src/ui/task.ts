import type { Answer } from "../answer.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { attempt, reasonOf, type Why } from "./failure.js";
import type { Texts } from "./texts.js";

export interface TaskState {
  busy: boolean;
  /** Why it did not work the last time. */
  problem?: Why | undefined;
  /** What it has done the last time. */
  status?: ((texts: Texts) => string) | undefined;
}

/** The state in words; none where there is nothing to say. */
export interface ShownTask {
  busy: boolean;
  problem: string;
  status: string;
}

export interface Task extends Pick<Store<TaskState>, "get" | "getServer" | "subscribe"> {
  /**
   * Do it, unless it is being done, and have a screen reader say what became of it: `done` puts it in
   * words. Resolves to the data, or to nothing.
   */
  run: <Data>(
    send: () => Promise<Answer<Data>>,
    done: (texts: Texts, data: Data) => string,
  ) => Promise<Data | undefined>;
}

/** The life of a button that asks for something, and needs no form. */
export function createTask(texts: () => Texts): Task {
  const store = createStore<TaskState>({ busy: false }, Object.is);
  const { get, getServer, subscribe } = store;
  return {
    get,
    getServer,
    subscribe,
    async run(send, done) {
      if (get().busy) return;
      store.set({ busy: true });
      let now: TaskState = { busy: false };
      try {
        const { data, error } = await attempt(send);
        now = data
          ? { busy: false, status: (texts) => done(texts, data) }
          : { busy: false, problem: error };
        const { status, problem } = shownTask(now, texts());
        announce(status || problem);
        return data;
      } finally {
        store.set(now);
      }
    },
  };
}

export function shownTask({ busy, problem, status }: TaskState, texts: Texts): ShownTask {
  return {
    busy,
    problem: problem ? reasonOf(problem, texts) : "",
    status: status?.(texts) ?? "",
  };
}
