import { grammarOf } from "./grammar";

const { number, day, moment } = grammarOf("en");

/** The words around the pages, which every page may say too. */
export const english = {
  language: "Language",
  skip: "Skip to the content",
  main: "Main",
  home: "Home",
  notes: "Notes",
  profile: "Profile",
  devices: "Devices",
  activity: "Activity",
  signIn: "Sign in",
  signedInAs: (name: string) => `Signed in as ${name}`,
  you: "you",
  footer: "An example of [django-spa-auth]. Sessions, users and passwords are those of Django.",
  signInFirst: "Sign in first",
  notAvailable: "Not available",
  notAvailableNow: "This page is not available now",
  cannotSay: "The server cannot say whether you are signed in.",
  loadingSession: "Loading your session",
  loadingPage: "Loading this page",
  notLoaded: "Not loaded",
  couldNotLoad: "This page could not be loaded",
  notAllOfIt: "The server did not send all of it.",
  notFound: "Not found",
  noSuchPage: "There is no such page",
  notFoundLead: "The address may be mistyped, or the page may have moved.",
  goHome: "Go to the home page",
  forgotPassword: "Forgot your password?",
  signInByMail: "Sign in by mail",
  number,
  day,
  moment,
};
