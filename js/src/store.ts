export interface Store<T> {
  get: () => T;
  /** What a server render sees: always the initial value, so that hydration never differs. */
  getServer: () => T;
  set: (next: T) => void;
  subscribe: (listener: () => void) => () => void;
  /** Whether anybody listens. */
  isHeard: () => boolean;
  /** Forget every listener. */
  clear: () => void;
}

/** Equal answers keep their identity, so that a re-read does not render the page again. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * A value with listeners. It has no framework; adapters only subscribe. What holds more than JSON can
 * say is compared by `same`.
 */
export function createStore<T>(
  initial: T,
  same: (one: T, other: T) => boolean = isEqual,
): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();

  return {
    get: () => value,
    getServer: () => initial,
    set(next) {
      if (same(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      // One entry per call, also when the same function subscribes twice.
      const entry = () => listener();
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    isHeard: () => listeners.size > 0,
    clear: () => listeners.clear(),
  };
}
