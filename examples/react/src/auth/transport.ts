import { peekProblem, readAnswer, readRetryAfter } from "./answer";
import type { CsrfToken } from "./contract";
import { Outage } from "./outage";

const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** As for `fetch`, but the body can be sent twice: a stream cannot be replayed. */
export interface ApiInit extends Omit<RequestInit, "body"> {
  body?: Exclude<BodyInit, ReadableStream> | null;
}

export interface Transport {
  /** Send as it is. Throws an `Outage` when no usable answer comes. */
  plain: (url: URL, init?: ApiInit) => Promise<Response>;
  /** The same with the token on unsafe methods, and one replay when the token was refused. */
  guarded: (url: URL, init?: ApiInit) => Promise<Response>;
  /** Keep the token that an answer carries. It lives in this closure and nowhere else. */
  keepToken: (token: string) => void;
}

export function createTransport(csrfUrl: () => URL): Transport {
  let token: string | undefined;
  let renewal: Promise<string> | undefined;

  async function plain(url: URL, init: ApiInit = {}): Promise<Response> {
    const response = await answer(url, init);
    if (response.status < 500) return response;
    throw new Outage("server", {
      status: response.status,
      retryAfter: readRetryAfter(response),
    });
  }

  async function guarded(url: URL, init: ApiInit = {}): Promise<Response> {
    if (SAFE.has((init.method ?? "GET").toUpperCase())) return plain(url, init);
    const first = await plain(url, withToken(init, token ?? (await renew())));
    if (!(await wasTokenRefused(first))) return first;
    // Once: if the fresh token is refused too, the caller must see it, not a loop.
    return plain(url, withToken(init, await renew()));
  }

  function renew(): Promise<string> {
    renewal ??= fetchToken().finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  async function fetchToken(): Promise<string> {
    const response = await plain(csrfUrl(), { cache: "no-store" });
    const { data } = await readAnswer<CsrfToken>(response);
    if (!data?.csrfToken) throw new Outage("unreadable", { status: response.status });
    token = data.csrfToken;
    return token;
  }

  return {
    plain,
    guarded,
    keepToken(fresh) {
      token = fresh;
    },
  };
}

async function answer(url: URL, init: ApiInit): Promise<Response> {
  // Only cookies say who asks. To another origin a browser sends none unless told to.
  const credentials = url.origin === location.origin ? "same-origin" : "include";
  try {
    return await fetch(url, { credentials, ...init });
  } catch (cause) {
    // Whoever aborted knows why; that is not an outage.
    if (init.signal?.aborted) throw cause;
    throw new Outage("network", { cause });
  }
}

function withToken(init: ApiInit, token: string): ApiInit {
  const headers = new Headers(init.headers);
  headers.set("X-CSRFToken", token);
  return { ...init, headers };
}

async function wasTokenRefused(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  return (await peekProblem(response))?.code === "csrf_failed";
}
