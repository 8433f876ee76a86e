import { useRef, useState } from "react";
import { type Answer, Outage } from "../auth";
import { type Failure, fromOutage, fromRefusal } from "./failure";
import { useCountdown } from "./use-countdown";

export interface Submission {
  busy: boolean;
  failure: Failure | undefined;
  /** Seconds until the next try is welcome. */
  wait: number;
  fail: (failure: Failure) => void;
  run: <Data>(send: () => Promise<Answer<Data, string>>, done: (data: Data) => void) => void;
}

/** The life of a form: one request at a time, and why the last one failed. */
export function useSubmit(): Submission {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const wait = useCountdown(failure);
  // State is too late for a second click in the same tick.
  const running = useRef(false);

  async function perform<Data>(
    send: () => Promise<Answer<Data, string>>,
    done: (data: Data) => void,
  ) {
    running.current = true;
    setBusy(true);
    try {
      const answer = await send();
      if (answer.error) return setFailure(fromRefusal(answer.error));
      setFailure(undefined);
      done(answer.data);
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      setFailure(fromOutage(error));
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return {
    busy,
    failure,
    wait,
    fail: setFailure,
    run(send, done) {
      if (running.current) return;
      // A new object, so that the summary takes the focus again and says how long.
      if (failure && wait > 0) return setFailure({ ...failure, wait });
      void perform(send, done);
    },
  };
}
