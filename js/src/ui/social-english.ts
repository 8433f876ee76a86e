import type { SocialTexts } from "./texts.js";

const FAILED: Readonly<Record<string, string>> = {
  "social.cancelled": "You did not go on there",
  "social.state_mismatch": "This was not begun here",
  "social.refused": "The answer was not accepted",
  "social.email_unverified": "Your address is not confirmed there",
  "social.account_exists": "You have an account here already",
  "social.sign_up_closed": "New accounts cannot be made here",
  "social.already_connected": "It is connected already",
  "social.last_way": "It is your last way in",
  "social.provider_unavailable": "The provider cannot be reached",
};

/** Apart from the others, so that only a page that shows them carries them. */
export const socialEnglish: SocialTexts = {
  or: "or",
  continueWith: (provider) => `Continue with ${provider}`,
  confirmWith: (provider) => `Confirm with ${provider}`,
  goingTo: (provider) => `Going to ${provider}`,
  inWindow: (provider) => `Go on in the window of ${provider}.`,
  windowGone: (provider) =>
    `This is not finished. If the window of ${provider} is closed, begin again.`,
  windowBlocked: "Your browser did not open a window. Allow it for this page, then try again.",
  closeWindow: "You can close this window.",
  connecting: "Connecting",
  connected: "Your account there is connected.",
  socialFailed: (code) => FAILED[code] ?? "That did not work",
  wrongState: "It was begun in another window or browser, or its time is over. Begin again.",
  signInOtherwise: "Sign in another way",
  goBack: "Go back",

  connectedAccounts: "Connected accounts",
  loadingConnected: "Loading your connected accounts",
  noneConnected: "None is connected. With one you can sign in without a password.",
  connectedAt: (moment) => `Connected ${moment}`,
  lastUsedAt: (moment) => `Last used ${moment}`,
  connect: (provider) => `Connect ${provider}`,
  disconnect: "Disconnect",
  disconnectThis: (account) => `Disconnect ${account}`,
  disconnecting: "Disconnecting",
  disconnectQuestion: (account) => `Disconnect ${account}?`,
  disconnectMeans: (provider) =>
    `You can no longer sign in here with this account at ${provider}, and every other device of yours is signed out.`,
  keepConnected: "Keep it",
  disconnected: (account) => `${account} is disconnected.`,
};
