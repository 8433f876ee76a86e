import { type Answer, peekRefusal } from "./answer.js";
import type { Refusal } from "./contract.js";
import { createStore, type Store } from "./store.js";
import type { Prepared } from "./transport.js";

/** What the person is asked for before their requests go on. */
export interface Challenge {
  /** The ways that are open to them: "password", "email". A newer server may name others. */
  ways: readonly string[];
}

export type ChallengeStore = Pick<Store<Challenge | undefined>, "get" | "getServer" | "subscribe">;

export interface Challenges {
  store: ChallengeStore;
  /**
   * Send it. Where the server asks for a fresh proof, the answer is held back until the person has
   * given one, and the request is sent once more. Without one the refusal is the answer.
   */
  send: (request: Prepared) => Promise<Response>;
  /** A proof is on its way: if it is accepted, what waits for it goes on. */
  prove: <Data, Error extends Refusal>(
    asked: Promise<Answer<Data, Error>>,
  ) => Promise<Answer<Data, Error>>;
  /** No proof will come: what waits for it is refused. */
  cancel: () => void;
  /** Forget every subscriber, and refuse what waits. */
  clear: () => void;
}

/** Requests that wait for a fresh proof. However many they are, the person is asked once. */
export function createChallenges(): Challenges {
  const store = createStore<Challenge | undefined>(undefined);
  const waiting = new Set<(proven: boolean) => void>();
  let proofs = 0;

  async function send(request: Prepared): Promise<Response> {
    const before = proofs;
    const first = await request.send();
    const refusal = await peekRefusal<Refusal & Partial<Challenge>>(
      first,
      403,
      "reauthentication_required",
    );
    // Only where somebody can answer: without a dialog it would wait for ever.
    if (!refusal || !store.isHeard() || !request.mayRepeat()) return first;
    // A proof that came while this was on its way is fresh enough.
    const proven = proofs > before || (await proof(refusal.ways, request.signal));
    return proven && request.mayRepeat() ? request.send() : first;
  }

  function proof(ways: readonly string[] = [], signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const done = (proven: boolean) => {
        waiting.delete(done);
        signal?.removeEventListener("abort", abort);
        resolve(proven);
      };
      const abort = () => {
        reject(signal?.reason);
        done(false);
        if (waiting.size === 0) store.set(undefined);
      };
      signal?.addEventListener("abort", abort);
      waiting.add(done);
      if (waiting.size === 1) store.set({ ways });
    });
  }

  function close(proven: boolean): void {
    store.set(undefined);
    for (const done of [...waiting]) done(proven);
  }

  const cancel = () => close(false);

  return {
    store: {
      get: store.get,
      getServer: store.getServer,
      subscribe(listener) {
        const unsubscribe = store.subscribe(listener);
        return () => {
          unsubscribe();
          if (!store.isHeard()) cancel();
        };
      },
    },
    send,
    async prove(asked) {
      const answer = await asked;
      if (answer.data) {
        proofs += 1;
        close(true);
      }
      return answer;
    },
    cancel,
    clear() {
      cancel();
      store.clear();
    },
  };
}
