import type { Config, ListedSession, SessionInfo, User } from "../contract.js";

/** Somebody whom the fake server knows. */
export type Person = Partial<User> & {
  /** By which they sign in. Nobody signs in without one. */
  password?: string;
  /** What must follow the password: their sign-in is pending. */
  next?: string[];
};

export const THEN = "2026-01-01T10:00:00Z";

export function userOf({ password: _, next: __, ...known }: Person, number: number): User {
  const nobody = { username: null, email: null, emailVerified: true, firstName: "", lastName: "" };
  return { id: String(number), ...nobody, ...known };
}

export function sessionOf(id: string): SessionInfo {
  const times = { createdAt: THEN, authenticatedAt: THEN, lastSeenAt: THEN };
  return { id, ...times, expiresAt: "2026-04-01T10:00:00Z", proofs: ["password"] };
}

export function listed(id: string, current: boolean): ListedSession {
  return {
    id,
    current,
    device: current
      ? { kind: "desktop", browser: "Firefox 153", system: "Linux" }
      : { kind: "mobile", browser: "Safari 26", system: "iOS 26" },
    address: "192.0.2.1",
    createdAt: THEN,
    lastSeenAt: THEN,
    proofs: ["password"],
  };
}

export const CONFIG: Config = {
  password: { identifiers: ["username", "email"], minLength: 8, maxLength: 1024, rules: [] },
  email: { mustVerify: true },
  account: { deleteAfterDays: 0 },
  profile: { fields: ["firstName", "lastName"] },
  signup: { open: true, fields: [] },
  social: { providers: [] },
};
