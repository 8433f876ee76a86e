import type { Answer } from "./answer.js";
import type { Auth, Session } from "./auth.js";
import type {
  SocialBeginRefusal,
  SocialConnectRefusal,
  SocialFinishRefusal,
  SocialReturn,
} from "./contract.js";
import { safeNext } from "./next.js";
import { Outage } from "./outage.js";

/** Where a tab keeps what it has begun, until the provider sends the person back. */
const KEY = "spa-auth:social";
/** Where a popup tells what it came back with. The window that began waits there. */
const CHANNEL = "spa-auth:social";
/** Letters of a description that the server reads. */
const LONGEST = 1000;
/** Milliseconds that a page is given to leave. */
const LEAVING = 8000;
/** Milliseconds between two looks at a popup. */
const LOOK = 500;
/** Milliseconds that the window which began is given to take what a popup came back with. */
const TAKING = 1000;
const LOOPBACK = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/;

/** What was begun in this tab. The state is all of it that somebody else must not know. */
export interface SocialTrip {
  state: string;
  provider: string;
  /** Where it was to lead back to: a path of this site. */
  next: string;
  remember: boolean;
  /** Whether the account is to be connected with who is signed in. */
  connect: boolean;
  /** Whether it went on in a window of its own. */
  popup: boolean;
}

export interface SocialOptions {
  /** The path to come back to. Otherwise it is `/`. */
  next?: string | undefined;
  /** False ends the session with the browser. */
  remember?: boolean | undefined;
  /** Connect the account with who is signed in, instead of signing in. */
  connect?: boolean | undefined;
  /** A window from `openSocialPopup` to go on in. Without one the page itself leaves. */
  popup?: Window | null | undefined;
  /** Hears that the popup is at the provider, and when it is closed or out of sight. */
  onPopup?: ((seen: "open" | "gone") => void) | undefined;
  /** Gives up on the popup. */
  signal?: AbortSignal | undefined;
}

type StartRefusal = SocialBeginRefusal | SocialConnectRefusal | SocialFinishRefusal;

/** Open a window to sign in. Only right after a click: browsers refuse others, and then it is null. */
export function openSocialPopup(): Window | null {
  // Without channels nobody would hear what became of it.
  if (typeof BroadcastChannel === "undefined") return null;
  return open("", "_blank", "popup,width=520,height=680");
}

/**
 * Go to a provider. The page leaves, and comes back to the one that takes what the provider sends;
 * with a popup the page stays, and the answer is what became of it. There is no answer where the page
 * has left, or the popup was given up. Throws an `Outage`, also for an address that nobody should be
 * sent to.
 */
export async function startSocial(
  auth: Auth,
  provider: string,
  { next, remember = true, connect = false, popup, onPopup, signal }: SocialOptions = {},
): Promise<Answer<Session | undefined, StartRefusal>> {
  try {
    const { data, error } = await (connect
      ? auth.social.connect(provider)
      : auth.social.begin(provider, { remember }));
    if (error) {
      popup?.close();
      return { data: undefined, error };
    }
    const { authorizationUrl, state } = data;
    const url = addressOf(authorizationUrl);
    // Not to be sent anywhere any more: it was closed meanwhile.
    if (popup?.closed) return { data: undefined, error: undefined };
    const trip = { state, provider, next: safeNext(next) ?? "/", remember, connect };
    if (!popup) {
      keep(sessionStorage, { ...trip, popup: false });
      location.assign(url);
      await leaving();
      return { data: undefined, error: undefined };
    }
    // Its own: it has a copy of what this tab had kept when it was opened.
    keep(popup.sessionStorage, { ...trip, popup: true });
    // The provider's page must not be able to send this one elsewhere.
    popup.opener = null;
    popup.location.replace(url);
    onPopup?.("open");
    const back = await takeOver(state, popup, { onPopup, signal });
    return back ? await auth.social.finish(provider, back) : { data: undefined, error: undefined };
  } catch (error) {
    popup?.close();
    throw error;
  }
}

/**
 * What a provider has sent back, from the address of the page. It is taken out of the address bar and
 * the history at once, whatever it is. Nothing where there is no state.
 */
export function takeSocialReturn({ pathname, search, hash }: Location): SocialReturn | undefined {
  history.replaceState(history.state, "", pathname);
  return readReturn(search.slice(1)) ?? readReturn(hash.slice(1));
}

/**
 * What this tab had begun by this state, at this provider; it is there once. Nothing for a state that
 * is from elsewhere: nobody is to be signed in by a link that somebody else has made.
 */
export function takeSocialTrip(state: string, provider: string): SocialTrip | undefined {
  const trip = readTrip(sessionStorage.getItem(KEY));
  if (trip?.state !== state) return;
  sessionStorage.removeItem(KEY);
  return trip.provider === provider ? trip : undefined;
}

/** Give it to the window that began it, if that is there. Resolves to whether it has been taken. */
export function handOver(back: SocialReturn): Promise<boolean> {
  return new Promise((resolve) => {
    if (typeof BroadcastChannel === "undefined") return resolve(false);
    const channel = new BroadcastChannel(CHANNEL);
    const finish = (taken: boolean) => {
      clearTimeout(timer);
      channel.close();
      resolve(taken);
    };
    const timer = setTimeout(() => finish(false), TAKING);
    channel.onmessage = ({ data }) => {
      if (data === `taken:${back.state}`) finish(true);
    };
    channel.postMessage(new URLSearchParams({ ...back }).toString());
  });
}

/** Wait for what a popup comes back with. The opener of a window may be cut off from it by its site. */
function takeOver(
  state: string,
  popup: Window,
  { onPopup, signal }: Pick<SocialOptions, "onPopup" | "signal">,
): Promise<SocialReturn | undefined> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(CHANNEL);
    const gone = () => {
      clearInterval(timer);
      removeEventListener("focus", gone);
      onPopup?.("gone");
    };
    const finish = (back?: SocialReturn) => {
      clearInterval(timer);
      removeEventListener("focus", gone);
      signal?.removeEventListener("abort", giveUp);
      channel.close();
      resolve(back);
    };
    const giveUp = () => {
      popup.close();
      finish();
    };
    // Closed, or its site has cut it off. Either way what it comes back with is still taken.
    const timer = setInterval(() => popup.closed && gone(), LOOK);
    addEventListener("focus", gone);
    signal?.addEventListener("abort", giveUp);
    channel.onmessage = ({ data }) => {
      const back = readReturn(data);
      if (back?.state !== state) return;
      channel.postMessage(`taken:${state}`);
      finish(back);
    };
  });
}

/** A page that comes out of the back/forward cache, or was told to stay, goes on. */
function leaving(): Promise<void> {
  return new Promise((resolve) => {
    addEventListener("pageshow", () => resolve(), { once: true });
    setTimeout(resolve, LEAVING);
  });
}

/** An address that people may be sent to: `javascript:` and its like are none. */
function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === "https:" || isLoopback(url))) return url.href;
  throw new Outage("unreadable");
}

const isLoopback = ({ protocol, hostname }: URL) => protocol === "http:" && LOOPBACK.test(hostname);

function readReturn(text: unknown): SocialReturn | undefined {
  const sent = new URLSearchParams(typeof text === "string" ? text : "");
  const state = sent.get("state");
  const code = sent.get("code");
  const error = sent.get("error");
  if (!state) return;
  const iss = sent.get("iss");
  const issuer = iss ? { iss } : {};
  if (code) return { state, code, ...issuer };
  const errorDescription = sent.get("error_description") ?? sent.get("errorDescription");
  if (error)
    return {
      state,
      error,
      ...(errorDescription && { errorDescription: errorDescription.slice(0, LONGEST) }),
      ...issuer,
    };
}

function keep(storage: Storage, trip: SocialTrip): void {
  storage.setItem(KEY, JSON.stringify(trip));
}

/** Whatever else runs on this site can write there too. */
function readTrip(text: string | null): SocialTrip | undefined {
  try {
    const { state, provider, next, remember, connect, popup } = JSON.parse(text ?? "");
    return {
      state: String(state),
      provider: String(provider),
      next: safeNext(next) ?? "/",
      remember: remember !== false,
      connect: connect === true,
      popup: popup === true,
    };
  } catch {
    return;
  }
}
