import type { Answer } from "../answer.js";
import type { Auth, Session } from "../auth.js";
import type { SocialReturn } from "../contract.js";
import { signInLink } from "../next.js";
import {
  handOver,
  type SocialTrip,
  startSocial,
  takeSocialReturn,
  takeSocialTrip,
} from "../social.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { refused } from "./failure.js";
import type { Form } from "./form.js";
import { displayName } from "./people.js";
import { createPlainForm } from "./social-start.js";
import type { SocialTexts, Texts } from "./texts.js";

/** What is given from outside. */
export interface SocialCallbackSituation {
  provider: string;
  signInPath: string;
  signUpPath?: string | undefined;
  accountPath?: string | undefined;
  texts: Texts & SocialTexts;
  /** It has worked: the session is the answer, and there the person goes on. */
  onDone?: ((session: Session, path: string) => void) | undefined;
}

export interface SocialCallbackState {
  connect?: boolean;
  /** The window that began has taken over. */
  handedOver?: boolean;
  /** Why it did not work, by the code of the refusal; `outage` where there was no answer. */
  code?: string;
}

export interface SocialCallback
  extends Pick<Store<SocialCallbackState>, "get" | "getServer" | "subscribe"> {
  form: Form;
  /** Once, however often it is called. */
  start: () => Promise<void>;
  /** Send it again where there was no answer; otherwise begin anew. */
  again: () => Promise<void>;
  /** What the person can do after a failure. Without an address it is `again`. */
  actions: () => readonly { label: string; href?: string }[];
}

/** The page that providers send people back to. */
export function createSocialCallback(
  auth: Auth,
  now: () => SocialCallbackSituation,
): SocialCallback {
  const store = createStore<SocialCallbackState>({});
  const texts = () => now().texts;
  const form = createPlainForm(texts);
  let started = false;
  let back: SocialReturn | undefined;
  let trip: SocialTrip | undefined;

  async function start(): Promise<void> {
    if (started) return;
    started = true;
    back = takeSocialReturn(location);
    trip = back && takeSocialTrip(back.state, now().provider);
    store.set({ connect: trip?.connect === true });
    // Also without a trip: a browser may have opened the popup with a memory of its own.
    if (back && (!trip || trip.popup) && (await handOver(back))) {
      store.set({ handedOver: true });
      announce(texts().closeWindow);
      close();
    } else {
      await finish();
    }
  }

  async function finish(): Promise<void> {
    const { provider } = now();
    announce(trip?.connect ? texts().connecting : texts().signingIn);
    const ours = back && trip && back;
    const session = await send<Session>(() =>
      ours ? auth.social.finish(provider, ours) : refused("social.state_mismatch", "wrongState"),
    );
    if (session) done(session);
  }

  function done(session: Session): void {
    const { signInPath, onDone } = now();
    const next = nextOf(trip);
    if (session.status === "authenticated") {
      const { connected, signedInAs } = texts();
      announce(trip?.connect ? connected : signedInAs(displayName(session.user)));
    }
    onDone?.(session, session.isAuthenticated ? next : signInLink(signInPath, next));
  }

  async function again(): Promise<void> {
    if (store.get().code === "outage") return finish();
    const { provider } = now();
    await send(() => startSocial(auth, provider, { ...trip, popup: null }));
  }

  async function send<Data>(request: () => Promise<Answer<Data>>): Promise<Data | undefined> {
    let { code } = store.get();
    const data = await form.submit(async () => {
      code = "outage";
      const answer = await request();
      code = answer.error?.code;
      return answer;
    });
    store.set({ ...store.get(), ...(code && { code }) });
    return data;
  }

  function actions() {
    const { signInPath, signUpPath, accountPath, texts } = now();
    const next = nextOf(trip);
    const again = trip ? [{ label: texts.tryAgain }] : [];
    const elsewhere = trip?.connect
      ? { label: texts.goBack, href: next }
      : { label: trip ? texts.signInOtherwise : texts.signIn, href: signInLink(signInPath, next) };
    switch (store.get().code) {
      case "social.account_exists":
        return [{ label: texts.signIn, href: signInLink(signInPath, accountPath ?? next) }];
      case "social.email_unverified":
        return [...(signUpPath ? [{ label: texts.signUp, href: signUpPath }] : []), elsewhere];
      case "social.sign_up_closed":
      case "social.already_connected":
        return [elsewhere];
      default:
        return [...again, elsewhere];
    }
  }

  const { get, getServer, subscribe } = store;
  return { get, getServer, subscribe, form, start, again, actions };
}

const nextOf = (trip: SocialTrip | undefined) => trip?.next ?? "/";
