import type { Auth } from "../auth.js";
import type { SocialProvider } from "../contract.js";
import { openSocialPopup, type SocialOptions, startSocial } from "../social.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { failureOf, refused } from "./failure.js";
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
  at?: SocialProvider;
  /** Where it goes on, while a window is open; and whether it has gone, as far as one sees. */
  popup?: "open" | "gone";
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

  async function press(provider: SocialProvider): Promise<void> {
    if (form.get().busy && !away) return;
    const { popup: wanted, ...trip } = options();
    const popup = wanted ? openSocialPopup() : null;
    leave();
    // The one before ends at once, and its button with it.
    await running;
    const controller = new AbortController();
    const { signal } = controller;

    function onPopup(seen: "open" | "gone"): void {
      away = controller;
      store.set({ at: provider, popup: seen });
      announce(noticeOf(store.get(), texts()));
    }

    store.set({ at: provider });
    const sent = form.submit(() =>
      wanted === "only" && !popup
        ? refused("window_blocked", "windowBlocked")
        : startSocial(auth, provider.id, { ...trip, popup, onPopup, signal }),
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
  return createForm(texts, (error, words) => failureOf(error, { ...words, kept: "" }));
}

/** Words for where it goes on; none while the page itself waits. */
export function noticeOf({ at, popup }: SocialStartState, texts: SocialTexts): string {
  if (!at || !popup) return "";
  return popup === "open" ? texts.inWindow(at.name) : texts.windowGone(at.name);
}
