import { json } from "./server.js";

export const device = (id: string, more: object = {}) => ({
  id,
  current: false,
  device: { kind: "mobile", browser: "Safari 18", system: "iOS 18" },
  address: "192.0.2.1",
  createdAt: "2026-01-01T10:00:00Z",
  lastSeenAt: "2026-01-02T10:00:00Z",
  proofs: ["password"],
  ...more,
});

export const MINE = device("a", {
  current: true,
  device: { kind: "desktop", browser: "Firefox 153", system: "Linux" },
});

export const NAMELESS = device("c", {
  device: { kind: "other", browser: null, system: null },
  address: null,
  proofs: [],
});

export const HALF_NAMED = device("d", {
  device: { kind: "tablet", browser: null, system: "iPadOS 18" },
});

export const list = (...sessions: object[]) => json({ sessions });
