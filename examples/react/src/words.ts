import type { Device, Outage, User } from "./auth";

/** What to call somebody: the first name that is there. */
export function displayName(user: User): string {
  return user.firstName || user.username || user.email || "you";
}

/** What a device is called: its browser and system, as far as they are known. */
export function deviceName({ device: { browser, system } }: Device): string {
  if (browser && system) return `${browser} on ${system}`;
  return browser || system || "Unknown device";
}

const DAY = new Intl.DateTimeFormat("en", { dateStyle: "long" });
const MOMENT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

export const day = (iso: string) => DAY.format(new Date(iso));
export const moment = (iso: string) => MOMENT.format(new Date(iso));

export function explain(outage: Outage): string {
  switch (outage.reason) {
    case "network":
      return "The server cannot be reached. Check your connection and try again.";
    case "server":
      return "The server has a problem at the moment. Try again in a little while.";
    default:
      return "The server gave an answer that makes no sense here. Try again in a little while.";
  }
}
