import { useEffect, useState } from "react";
import { announce } from "../announcer";
import type { Failure } from "./failure";

/** Seconds left of the wait that a failure asks for. */
export function useCountdown(failure: Failure | undefined): number {
  const wait = failure?.wait ?? 0;
  const [tick, setTick] = useState({ failure, left: wait });

  useEffect(() => {
    if (wait === 0) return;
    // Against the clock: a background tab gets fewer ticks than seconds.
    const end = Date.now() + wait * 1000;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setTick({ failure, left });
      if (left > 0) return;
      clearInterval(timer);
      announce("You can try again now.");
    }, 1000);
    return () => clearInterval(timer);
  }, [failure, wait]);

  // A new failure counts from its first moment, not from its first tick.
  return tick.failure === failure ? tick.left : wait;
}
