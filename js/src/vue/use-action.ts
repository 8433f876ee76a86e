import { computed, type Ref, type ShallowRef } from "vue";
import { type Action, createAction } from "../action.js";
import type { Answer } from "../answer.js";
import type { Refusal } from "../contract.js";
import type { Outage } from "../outage.js";
import { useStore } from "./use-store.js";

export interface UsedAction<Input extends unknown[], Data, Error extends Refusal>
  extends Pick<Action<Input, Data, Error>, "run" | "reset"> {
  pending: Readonly<Ref<boolean>>;
  /** Why the last run failed. */
  error: Readonly<ShallowRef<Error | Outage | undefined>>;
}

/**
 * A call with its life: `run` starts it, `pending` and `error` say what became of it.
 *
 * `error` is the refusal of that endpoint, or an `Outage`, whose code is `outage`.
 */
export function useAction<Input extends unknown[], Data, Error extends Refusal>(
  call: (...input: Input) => Promise<Answer<Data, Error>>,
): UsedAction<Input, Data, Error> {
  const action = createAction(call);
  const state = useStore(action);
  return {
    run: action.run,
    reset: action.reset,
    pending: computed(() => state.value.pending),
    error: computed(() => state.value.error),
  };
}
