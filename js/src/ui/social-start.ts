import type { Auth } from "../auth.js";
import type { Refusal, SocialProvider } from "../contract.js";
import { openSocialPopup, type SocialOptions, startSocial } from "../social.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { createForm, type Form } from "./form.js";
import { displayName } from "./people.js";
import type { SocialTexts, Texts } from "./texts.js";

export interface SocialStartOptions extends Pick<SocialOptions, "next" | "remember" | "connect"> {
  /**
   * Go on in a window of its own, while the page stays. Where the browser opens none, the page leaves;
   * with `only` it says so, because something on the page has to stay.
   */
  popup?: boolean | "only" | undefined;
}

export interface SocialStartState {
  /** The provider whose button is at work. */
  at?: string;
  /** Where it goes on, while a window is open. */
  notice?: string;
}

export interface SocialStart
  extends Pick<Store<SocialStartState>, "get" | "getServer" | "subscribe"> {
  form: Form;
  /** Right in the click, or the browser opens no window. */
  press: (provider: SocialProvider) => Promise<void>;
  /** Nobody waits for the window any more. */
  leave: () => void;
}

/** What buttons of providers do, one at a time. While a window is open, pressing again begins anew. */
export function createSocialStart(
  auth: Auth,
  texts: () => Texts & SocialTexts,
  options: () => SocialStartOptions,
): SocialStart {
  const store = createStore<SocialStartState>({});
  const form = createPlainForm(texts);
  let away: AbortController | undefined;
  let running: Promise<unknown> | undefined;

  async function press({ id, name }: SocialProvider): Promise<void> {
    if (form.get().busy && !away) return;
    const { popup: wanted, ...trip } = options();
    const popup = wanted ? openSocialPopup() : null;
    leave();
    // The one before ends at once, and its button with it.
    await running;
    const controller = new AbortController();
    const { signal } = controller;

    function onPopup(seen: "open" | "gone"): void {
      const { inWindow, windowGone } = texts();
      away = controller;
      const notice = (seen === "open" ? inWindow : windowGone)(name);
      store.set({ at: id, notice });
      announce(notice);
    }

    store.set({ at: id });
    const sent = form.submit(() =>
      wanted === "only" && !popup
        ? refused("window_blocked", texts().windowBlocked)
        : startSocial(auth, id, { ...trip, popup, onPopup, signal }),
    );
    running = sent;
    try {
      const session = await sent;
      if (session?.status === "authenticated") {
        announce(texts().signedInAs(displayName(session.user)));
      }
    } finally {
      if (away === controller) away = undefined;
      store.set({});
    }
  }

  function leave(): void {
    away?.abort();
    away = undefined;
  }

  const { get, getServer, subscribe } = store;
  return { get, getServer, subscribe, form, press, leave };
}

/** A form without fields: nothing that was typed could be lost. */
export function createPlainForm(texts: () => Texts & SocialTexts): Form {
  return createForm(() => ({ ...texts(), kept: "" }));
}

/** A refusal that the browser has found by itself. */
export async function refused(
  code: string,
  detail: string,
): Promise<{ data: undefined; error: Refusal }> {
  return {
    data: undefined,
    error: { type: "about:blank", title: detail, status: 400, code, detail },
  };
}
