import type { Answer } from "./answer.js";
import type { Refusal } from "./contract.js";
import { Outage } from "./outage.js";
import { createStore, type Store } from "./store.js";

/** What an action came to: nothing is thrown, so that one `switch` over `error.code` sees it all. */
export type Outcome<Data, Error extends Refusal> =
  | Answer<Data, Error>
  | { data: undefined; error: Outage };

export interface ActionState<Error extends Refusal> {
  pending: boolean;
  /** Why the last run failed. */
  error: Error | Outage | undefined;
}

export interface Action<Input extends unknown[], Data, Error extends Refusal>
  extends Pick<Store<ActionState<Error>>, "get" | "getServer" | "subscribe"> {
  /** Run it. A second call while the first is under way gets the answer of the first. */
  run: (...input: Input) => Promise<Outcome<Data, Error>>;
  /** Forget the error. */
  reset: () => void;
}

/** The life of one call: whether it is under way, and why the last one failed. */
export function createAction<Input extends unknown[], Data, Error extends Refusal>(
  call: (...input: Input) => Promise<Answer<Data, Error>>,
): Action<Input, Data, Error> {
  const store = createStore<ActionState<Error>>({ pending: false, error: undefined });
  let running: Promise<Outcome<Data, Error>> | undefined;

  async function perform(input: Input): Promise<Outcome<Data, Error>> {
    store.set({ ...store.get(), pending: true });
    try {
      const answer = await call(...input);
      store.set({ pending: false, error: answer.error });
      return answer;
    } catch (error) {
      if (!(error instanceof Outage)) {
        store.set({ pending: false, error: undefined });
        throw error;
      }
      store.set({ pending: false, error });
      return { data: undefined, error };
    } finally {
      running = undefined;
    }
  }

  return {
    ...store,
    run(...input) {
      running ??= perform(input);
      return running;
    },
    reset: () => store.set({ ...store.get(), error: undefined }),
  };
}
