import { peekRefusal } from "./answer.js";
import { Outage } from "./outage.js";

const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);
const TOKEN_HEADER = "X-CSRFToken";

export interface Transport {
  /** Send with the cookies and without the token. Rejects with an `Outage` where no answer comes. */
  plain: (url: URL, init?: RequestInit) => Promise<Response>;
  /** The same with the token on unsafe methods, ready to be sent now and perhaps again. */
  prepare: (input: Request | URL, init?: RequestInit) => Prepared;
}

export interface Prepared {
  /** Send it, and once more when the token was refused. */
  send: () => Promise<Response>;
  /**
   * Whether it can be sent again, and still in the name of who sent it: never in that of another, who
   * has signed in meanwhile.
   */
  mayRepeat: () => boolean;
  signal: AbortSignal | undefined;
}

export interface TransportOptions {
  /** The CSRF token of the last answer that carried one; asks for one if there was none. */
  current: () => Promise<string>;
  /** Get a fresh one. The answer that brings it also says whose it is. */
  renew: () => Promise<string>;
  /** Changes whenever another person is signed in. */
  person: () => number;
}

export function createTransport({ current, renew, person }: TransportOptions): Transport {
  function prepare(input: Request | URL, init: RequestInit = {}): Prepared {
    const request = input instanceof Request ? new Request(input, init) : undefined;
    const headers = inOurLanguage(request ? request.headers : init.headers);
    const sender = person();
    const once = () =>
      request
        ? // A copy, because a request whose body was read cannot be sent again.
          plain(new Request(request.clone(), { headers }))
        : plain(input, { ...init, headers });
    // A stream is gone once it was sent; the caller has to see the refusal.
    const mayRepeat = () => sender === person() && !(init.body instanceof ReadableStream);

    async function send(): Promise<Response> {
      if (SAFE.has((request?.method ?? init.method ?? "GET").toUpperCase())) return once();
      headers.set(TOKEN_HEADER, await current());
      const first = await once();
      if (!mayRepeat() || !(await peekRefusal(first, 403, "csrf_failed"))) return first;
      headers.set(TOKEN_HEADER, await renew());
      // Once: if the fresh token is refused too, the caller must see it, not a loop.
      return mayRepeat() ? once() : first;
    }

    return { send, mayRepeat, signal: (request ?? init).signal ?? undefined };
  }

  return {
    plain: (url, init) => plain(url, { ...init, headers: inOurLanguage(init?.headers) }),
    prepare,
  };
}

/** In that of the page, refusals and mails are then written; if it says none, in the browser's. */
function inOurLanguage(given?: HeadersInit): Headers {
  const headers = new Headers(given);
  const { lang } = document.documentElement;
  if (lang && !headers.has("Accept-Language")) headers.set("Accept-Language", lang);
  return headers;
}

async function plain(input: Request | URL, init: RequestInit = {}): Promise<Response> {
  try {
    // Only cookies say who asks. To another origin a browser sends none unless told to.
    if (input instanceof Request) return await fetch(withCookies(input));
    const credentials = isForeign(input) ? "include" : "same-origin";
    return await fetch(input, { credentials, ...init });
  } catch (cause) {
    const { signal } = input instanceof Request ? input : init;
    // Whoever aborted knows why; that is not an outage.
    if (signal?.aborted) throw cause;
    throw new Outage("network", { cause });
  }
}

// A request cannot say whether "same-origin" was asked for or is the default.
function withCookies(request: Request): Request {
  return request.credentials === "same-origin" && isForeign(new URL(request.url))
    ? new Request(request, { credentials: "include" })
    : request;
}

function isForeign(url: URL): boolean {
  return url.origin !== location.origin;
}
