import { peekProblem } from "./answer.js";
import { Outage } from "./outage.js";

const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);
const TOKEN_HEADER = "X-CSRFToken";

export interface Transport {
  /** Send with the cookies and without the token. Rejects with an `Outage` where no answer comes. */
  plain: (url: URL, init?: RequestInit) => Promise<Response>;
  /** The same with the token on unsafe methods, and one replay when the token was refused. */
  guarded: (input: Request | URL, init?: RequestInit) => Promise<Response>;
}

export interface TransportOptions {
  /** The CSRF token of the last answer that carried one; asks for one if there was none. */
  current: () => Promise<string>;
  /** Get a fresh one; nothing if it belongs to somebody else, in whose name nothing may be sent. */
  renew: () => Promise<string | undefined>;
}

export function createTransport({ current, renew }: TransportOptions): Transport {
  async function guarded(input: Request | URL, init: RequestInit = {}): Promise<Response> {
    const request = input instanceof Request ? new Request(input, init) : undefined;
    const headers = new Headers(request ? request.headers : init.headers);
    const send = () =>
      request
        ? // A copy, because a request whose body was read cannot be sent again.
          plain(new Request(request.clone(), { headers }))
        : plain(input, { ...init, headers });

    if (SAFE.has((request?.method ?? init.method ?? "GET").toUpperCase())) return send();
    headers.set(TOKEN_HEADER, await current());
    const first = await send();
    // A stream is gone once it was sent; the caller has to see the refusal.
    if (init.body instanceof ReadableStream || !(await wasTokenRefused(first))) return first;
    const fresh = await renew();
    if (!fresh) return first;
    headers.set(TOKEN_HEADER, fresh);
    // Once: if the fresh token is refused too, the caller must see it, not a loop.
    return send();
  }

  return { plain, guarded };
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

async function wasTokenRefused(response: Response): Promise<boolean> {
  return response.status === 403 && (await peekProblem(response))?.code === "csrf_failed";
}
