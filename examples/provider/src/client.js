/** The one application that the providers know, and whom they may send people back to. */

export const CLIENT = {
  name: "Notes",
  id: "notes",
  // Published, as the passwords of the demo people are: good for this machine only.
  secret: "published-with-the-example",
};

/** Every address of the application that answers come to: its page, and its back end's callback. */
export function redirectUris(provider, origins) {
  return origins.flatMap((origin) => [
    `${origin}/auth/${provider}/callback`,
    `${origin}/api/social/${provider}/callback/`,
  ]);
}
