import type { BrowserContext } from "@playwright/test";

/**
 * The names of the cookies that the browser still sends to `url`.
 *
 * Firefox (153) keeps about one in two hundred of those that `Max-Age=0` deletes in its jar, with
 * an empty value: expired, and never sent.
 */
export async function namesOfLiveCookies(context: BrowserContext, url: string): Promise<string[]> {
  const now = Date.now() / 1000;
  const cookies = await context.cookies(url);
  // Cookies without an end, which go with the browser, have -1.
  return cookies.filter(({ expires }) => expires < 0 || expires > now).map(({ name }) => name);
}
