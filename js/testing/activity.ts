import { json } from "./server.js";

export const entry = (id: string, more: object = {}) => ({
  id,
  kind: "sign_in",
  outcome: "done",
  at: "2026-01-02T10:00:00Z",
  address: "192.0.2.1",
  device: { kind: "mobile", browser: "Safari 18", system: "iOS 18" },
  current: false,
  ...more,
});

/** What an operator did comes without their device and address. */
export const FROM_ELSEWHERE = entry("3", {
  kind: "sessions_revoked",
  address: null,
  device: { kind: "other", browser: null, system: null },
});

export const page = (entries: object[], next: string | null = null) => json({ entries, next });
