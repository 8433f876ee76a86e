import { useEffect, useRef, useState } from "react";
import { type Action, type ActionState, createAction } from "../action.js";
import type { Answer } from "../answer.js";
import type { Refusal } from "../contract.js";
import { useStore } from "./use-store.js";

/**
 * A call with its life: `run` starts it, `pending` and `error` say what became of it.
 *
 * `error` is the refusal of that endpoint, or an `Outage`, whose code is `outage`.
 */
export function useAction<Input extends unknown[], Data, Error extends Refusal>(
  call: (...input: Input) => Promise<Answer<Data, Error>>,
): ActionState<Error> & Pick<Action<Input, Data, Error>, "run" | "reset"> {
  const latest = useRef(call);
  useEffect(() => {
    latest.current = call;
  });
  const [action] = useState(() => createAction((...input: Input) => latest.current(...input)));
  return { ...useStore(action), run: action.run, reset: action.reset };
}
