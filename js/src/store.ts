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

/** A value with listeners. It has no framework; adapters only subscribe. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();

  return {
    get: () => value,
    getServer: () => initial,
    set(next) {
      // Equal answers keep their identity, so that a re-read does not render the page again.
      if (JSON.stringify(next) === JSON.stringify(value)) return;
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
