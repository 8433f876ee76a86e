import type { Answer } from "../answer.js";
import { Outage } from "../outage.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { type Failure, failureOf, failureOfCheck, type Missing, type Why } from "./failure.js";
import type { Texts } from "./texts.js";

/** Why a form was not accepted, in the words of whoever shows it. */
export type Cause = (texts: Texts) => Failure;

/** A failure in words. Those change with the language, and the cause does not. */
export interface ShownFailure extends Failure {
  cause: Cause;
}

export interface FormState {
  busy: boolean;
  cause: Cause | undefined;
  /** Seconds until the next try is welcome. */
  wait: number;
}

export interface Form extends Pick<Store<FormState>, "get" | "getServer" | "subscribe"> {
  /** Send it, unless it is on its way or asked to wait. Resolves to the data, or to nothing. */
  submit: <Data>(send: () => Promise<Answer<Data>>) => Promise<Data | undefined>;
  /** Refuse it before anything was sent. */
  refuse: (missing: Missing) => void;
  /** Ask to wait before the next try, which is no failure. In seconds. */
  pause: (wait: number) => void;
}

/**
 * The life of a form: one request at a time, why the last one failed, and how long to wait. The
 * countdown runs while somebody subscribes: a form that has left the page says nothing.
 */
export function createForm(texts: () => Texts, inWords = failureOf): Form {
  const store = createStore<FormState>({ busy: false, cause: undefined, wait: 0 }, Object.is);
  let timer: ReturnType<typeof setInterval> | undefined;
  let subscribers = 0;
  /** Milliseconds of the clock: a background tab gets fewer ticks than seconds. */
  let end = 0;

  function subscribe(listener: () => void): () => void {
    const unsubscribe = store.subscribe(listener);
    subscribers += 1;
    countDown();
    return () => {
      unsubscribe();
      subscribers -= 1;
      if (subscribers === 0) clearInterval(timer);
    };
  }

  function fail(wait: number, cause: Cause): undefined {
    // Always a new one, so that the summary takes the focus again.
    store.set({ busy: false, cause: undefined, wait: 0 });
    hold(wait, cause);
  }

  function hold(wait: number, cause: Cause | undefined): void {
    store.set({ busy: false, cause, wait });
    end = Date.now() + wait * 1000;
    countDown();
  }

  function countDown(): void {
    clearInterval(timer);
    if (subscribers > 0 && store.get().wait > 0) timer = setInterval(tick, 1000);
  }

  function tick(): void {
    const wait = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    store.set({ ...store.get(), wait });
    if (wait > 0) return;
    clearInterval(timer);
    announce(texts().tryAgainNow);
  }

  async function submit<Data>(send: () => Promise<Answer<Data>>): Promise<Data | undefined> {
    const { busy, cause, wait } = store.get();
    if (busy) return;
    if (wait > 0) return cause && fail(wait, (texts) => ({ ...cause(texts), wait }));
    store.set({ ...store.get(), busy: true });
    try {
      const { data, error } = await send();
      if (error) return refuseBy(error);
      store.set({ busy: false, cause: undefined, wait: 0 });
      return data;
    } catch (error) {
      if (!(error instanceof Outage)) {
        store.set({ ...store.get(), busy: false });
        throw error;
      }
      return refuseBy(error);
    }
  }

  function refuseBy(error: Why): undefined {
    fail(error.retryAfter ?? 0, (texts) => inWords(error, texts));
  }

  return {
    get: store.get,
    getServer: store.getServer,
    subscribe,
    submit,
    refuse(missing) {
      fail(0, (texts) => failureOfCheck(missing, texts));
    },
    pause: (wait) => hold(wait, undefined),
  };
}

/** Put in words why a form was not accepted. */
export function shown(cause: Cause | undefined, texts: Texts): ShownFailure | undefined {
  return cause && { ...cause(texts), cause };
}

/** The text in a field of a form, as it was typed. */
export function textOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}

/** Minutes and seconds, for the countdown. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
