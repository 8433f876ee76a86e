import { vi } from "vitest";
import { Channel } from "./channels.js";
import { json } from "./server.js";

export const STATE = "s".repeat(43);
export const PROVIDER = "https://provider.example/authorize";
export const WAY = json({ authorizationUrl: `${PROVIDER}?state=${STATE}`, state: STATE });
/** Where the helper keeps what was begun. */
export const KEPT = "spa-auth:social";
export const TRIP = {
  state: STATE,
  provider: "example",
  next: "/notes",
  remember: true,
  connect: false,
  popup: false,
};

/** A browser whose page, windows and channels a test sees. jsdom goes nowhere and opens nothing. */
export function stubTravel() {
  sessionStorage.clear();
  Channel.reset();
  vi.stubGlobal("BroadcastChannel", Channel);
  const assign = vi.fn();
  const real = location;
  vi.stubGlobal(
    "location",
    new Proxy({}, { get: (_, name) => (name === "assign" ? assign : Reflect.get(real, name)) }),
  );
  const popup = {
    closed: false,
    close: vi.fn(),
    sessionStorage: new Map<string, string>(),
    location: { replace: vi.fn() },
  };
  const open = vi.fn((): unknown => ({
    ...popup,
    get closed() {
      return popup.closed;
    },
    sessionStorage: {
      setItem: (name: string, value: string) => void popup.sessionStorage.set(name, value),
    },
  }));
  vi.stubGlobal("open", open);
  const close = vi.fn();
  vi.stubGlobal("close", close);
  return { assign, open, popup, close };
}

/** Come to an address, as a provider sends people. */
export function comeTo(path: string): void {
  history.replaceState(null, "", path);
}

/** What the tab has kept. */
export function kept(storage: Pick<Storage, "getItem"> = sessionStorage): unknown {
  return JSON.parse(storage.getItem(KEPT) ?? "null");
}

export function keep(trip: object = {}): void {
  sessionStorage.setItem(KEPT, JSON.stringify({ ...TRIP, ...trip }));
}

/** A window that has come back from the provider says so, and hears whether that was taken. */
export function returnInPopup(back: Record<string, string> = { code: "c" }): string[] {
  const heard: string[] = [];
  const channel = new Channel(KEPT);
  channel.onmessage = ({ data }) => void heard.push(String(data));
  channel.postMessage(new URLSearchParams({ state: STATE, ...back }).toString());
  channel.close();
  return heard;
}
