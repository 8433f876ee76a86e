import { grammarOf } from "./grammar";

const { list } = grammarOf("en");

/** What the server calls a proof. A newer one may have more. */
const PROOFS: Readonly<Record<string, string>> = {
  password: "password",
  email: "email",
  social: "connected account",
};

/** The words of the home page. */
export const english = {
  homeHeading: "Django's sessions, for a single-page app",
  homeLead:
    "An example of django-spa-auth: a Vue front end that signs in with Django's own users, sessions and CSRF protection, and keeps no token in the storage of the browser.",
  yourSession: "Your session",
  nobody: "Nobody is signed in",
  comeIn: "Come in and look around",
  invitation:
    "The sign-in page has a demo account for you. It takes one request. Or [make an account] of your own.",
  goToSignIn: "Go to the sign-in page",
  signedIn: "Signed in",
  hello: (name: string) => `Hello ${name}`,
  memberSince: "Member since",
  provedBy: "Proved by",
  proofs: (names: readonly string[]) =>
    list(names.map((name) => PROOFS[name] ?? name)) || "another sign-in",
  signedInAt: "Signed in",
  endsBy: "Ends by",
  claims: "What this shows",
  tryIt: "Try it",
  fewRequests: {
    title: "Three requests",
    text: "One to learn the session, one the ways to sign in, one to sign in. The answer is the state, so nothing is asked twice.",
    try: "Watch the network panel while you sign in.",
  },
  nothingToSteal: {
    title: "Nothing to steal",
    text: "The session key is in a cookie that no script can read. The CSRF token is kept in memory only.",
    try: "Look for a token in the storage panel.",
  },
  guardedPages: {
    title: "Guarded pages wait",
    text: "Not one pixel is shown before the server has said who you are. Then you arrive where you wanted to go.",
    try: "Sign out and open [your notes].",
  },
  tabsAgree: {
    title: "Tabs agree",
    text: "Who signs out in one tab is signed out in all of them. Only the word that something changed is passed on.",
    try: "Open this page twice and sign out in one.",
  },
  refusal: {
    title: "A refusal loses nothing",
    text: "Wrong password, taken name, no connection: the page says what happened, and what you typed is still there.",
    try: "Stop the server and save your profile.",
  },
  oneSite: {
    title: "One site, one session",
    text: "The admin of Django is behind the same door, with the same limits for those who guess passwords.",
    try: "Open the [admin] signed out.",
  },
};
