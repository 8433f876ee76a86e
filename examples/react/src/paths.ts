import { matchPath } from "react-router";

/** Where Django is, in front of its paths. Nothing where it shares the page's origin. */
export const server = import.meta.env.VITE_API ?? "";

/** The pages of this app. Any other path belongs to the server. */
export const paths = {
  home: "/",
  signIn: "/sign-in",
  mailSignIn: "/sign-in-by-mail",
  signUp: "/sign-up",
  verifyEmail: "/verify-email",
  changeEmail: "/change-email",
  undoEmail: "/undo-email",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  notes: "/notes",
  profile: "/profile",
  password: "/password",
  devices: "/devices",
  activity: "/activity",
  tokens: "/tokens",
  account: "/account",
  restoreAccount: "/restore-account",
  socialCallback: "/auth/:provider/callback",
} as const;

export function isPage(path: string): boolean {
  const { pathname } = new URL(path, location.origin);
  return Object.values(paths).some((pattern) => matchPath(pattern, pathname));
}
