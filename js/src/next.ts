// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be refused
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\\]/;

/**
 * The path that a visitor may be sent to after a sign-in, or `undefined`.
 *
 * `next` comes from the address bar, so anybody can write it into a link (an open redirect,
 * CWE-601). Browsers drop tabs and line feeds from addresses and read a backslash as a slash,
 * so both are refused instead of interpreted. Dot segments are resolved first, because
 * `/.//example.com` becomes `//example.com`, which is another site.
 */
export function safeNext(next: unknown, origin = location.origin): string | undefined {
  if (typeof next !== "string" || !next.startsWith("/") || next.startsWith("//")) return;
  if (FORBIDDEN.test(next)) return;
  const url = new URL(next, origin);
  if (url.origin !== origin || url.pathname.includes("//")) return;
  return url.pathname + url.search + url.hash;
}

/**
 * The address of the sign-in page that leads back to `path`. The token of a mailed link, and what a
 * provider has sent back, are left out: servers and their logs see what follows a `?`.
 */
export function signInLink(signInPath: string, path: string): string {
  const back = path.replace(/[?#][^#]*(token=|state=[^&]{40}).*/, "");
  return back === "/" ? signInPath : `${signInPath}?next=${encodeURIComponent(back)}`;
}
