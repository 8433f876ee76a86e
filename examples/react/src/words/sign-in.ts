/** The words of the sign-in page. */
export const english = {
  withDjangoUser: "With a user of Django.",
  needSignIn: (next: string) => `You need to be signed in to go on to ${next}.`,
  makeAccount: "Make an account",
  demoAccount: "Demo account",
  youAreSignedIn: "You are signed in",
  askedForSignIn: (next: string) =>
    `${next} asked for a sign-in. If it turns you away again, it is not open to this account: sign out, and come back with another one.`,
  goTo: (next: string) => `Go to ${next}`,
  loading: (what: string) => `Loading ${what}`,
};
