import { matchPath } from "react-router";

/** The pages of this app. Any other path of this origin belongs to the server. */
export const paths = {
  home: "/",
  signIn: "/sign-in",
  notes: "/notes",
  profile: "/profile",
  devices: "/devices",
} as const;

export function isPage(path: string): boolean {
  const { pathname } = new URL(path, location.origin);
  return Object.values(paths).some((pattern) => matchPath(pattern, pathname));
}
