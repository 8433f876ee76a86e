import type { Session } from "./auth.js";

/** Milliseconds: how often coming back to the page asks the server at most. */
const PAUSE = 60_000;
/** Milliseconds: timers hold no more than 31 bits. */
const LONGEST = 2 ** 31 - 1;

export interface Attention {
  connect: () => void;
  disconnect: () => void;
  /** The server has just said who is signed in; `left` is how many milliseconds that holds at most. */
  heard: (left: number | undefined) => void;
}

export interface AttentionOptions {
  /** The visitor is back, or the network is. */
  onReturn: () => void;
  /** The page came out of the back/forward cache, as it was when it was left. */
  onRestore: () => void;
  /** The known end of the session is reached. */
  onEnd: () => void;
}

/** Notices when what is known may no longer be true. */
export function createAttention({ onReturn, onRestore, onEnd }: AttentionOptions): Attention {
  let heardAt = 0;
  let triedAt = 0;
  let end: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let connected = false;

  const back = () => {
    if (document.visibilityState === "hidden") return;
    // A timer stands still while the machine sleeps.
    if (end !== undefined && Date.now() >= end) return ended();
    if (isDue(heardAt) && isDue(triedAt)) tryAgain();
  };
  // A try that failed because the network was away does not count.
  const online = () => {
    if (isDue(heardAt)) tryAgain();
  };
  const restored = (event: PageTransitionEvent) => {
    if (event.persisted) onRestore();
  };

  function tryAgain() {
    triedAt = Date.now();
    onReturn();
  }

  function schedule() {
    clearTimeout(timer);
    if (!connected || end === undefined) return;
    const left = end - Date.now();
    timer = left > LONGEST ? setTimeout(schedule, LONGEST) : setTimeout(ended, Math.max(0, left));
  }

  function ended() {
    end = undefined;
    clearTimeout(timer);
    onEnd();
  }

  return {
    connect() {
      connected = true;
      addEventListener("focus", back);
      document.addEventListener("visibilitychange", back);
      addEventListener("online", online);
      addEventListener("pageshow", restored);
      schedule();
    },
    disconnect() {
      connected = false;
      removeEventListener("focus", back);
      document.removeEventListener("visibilitychange", back);
      removeEventListener("online", online);
      removeEventListener("pageshow", restored);
      clearTimeout(timer);
    },
    heard(left) {
      heardAt = Date.now();
      end = left === undefined ? undefined : heardAt + left;
      schedule();
    },
  };
}

/**
 * Milliseconds until the session ends if nobody uses it. Counted from when the server last saw it, so
 * that a clock that is fast here asks too late, not too early: asking would prolong it.
 */
export function timeLeft(session: Session): number | undefined {
  if (session.status !== "authenticated") return;
  const { expiresAt, lastSeenAt } = session.session;
  return expiresAt && lastSeenAt ? Date.parse(expiresAt) - Date.parse(lastSeenAt) : undefined;
}

function isDue(last: number): boolean {
  return Date.now() - last >= PAUSE;
}
