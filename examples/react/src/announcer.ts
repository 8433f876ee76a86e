import { createStore } from "./auth";

/** What the one polite live region says. */
export const announcement = createStore("");

export function announce(text: string): void {
  // The same words twice are no change, and would not be read again.
  announcement.set(announcement.get() === text ? `${text}\u00a0` : text);
}
