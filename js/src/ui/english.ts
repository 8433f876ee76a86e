import { grammarOf } from "./grammar.js";
import type { Texts } from "./texts.js";

const { count, list, moment } = grammarOf("en");

/** As the server names them, where that is a word of people's. */
export function proofsEnglish(names: readonly string[]): string {
  return list(names.map((name) => (name === "social" ? "a connected account" : name)));
}

function deleteMeans(days: number, email: string | null): string[] {
  const signedOut = "Every device of yours is signed out at once.";
  if (days === 0) {
    return [
      signedOut,
      "Your account is deleted, and what belongs to it here.",
      "Nobody can bring it back.",
    ];
  }
  return [
    signedOut,
    "Nobody can sign in to your account any more.",
    email
      ? count(days, {
          one: `For # day you can come back, by the link in a mail to ${email}.`,
          other: `For # days you can come back, by the link in a mail to ${email}.`,
        })
      : "You cannot come back by yourself: there is no address for a mail.",
    count(days, {
      one: "After # day your account is deleted, and what belongs to it here.",
      other: "After # days your account is deleted, and what belongs to it here.",
    }),
  ];
}

export const english: Texts = {
  signIn: "Sign in",
  signingIn: "Signing in",
  identifier: "Email or username",
  enterIdentifier: "Enter your email or username.",
  password: "Password",
  enterPassword: "Enter your password.",
  showPassword: "Show password",
  remember: "Keep me signed in on this device",
  signedInAs: (name) => `Signed in as ${name}.`,
  anotherStep: (steps) => `This account needs another step: ${proofsEnglish(steps)}.`,
  signOut: "Sign out",
  signingOut: "Signing out",
  signedOut: "You are signed out.",
  stillSignedIn: (reason) => `You are still signed in. ${reason}`,

  email: "Email",
  enterEmail: "Enter your email.",
  sendLink: "Send me a link",
  sendingLink: "Sending",
  checkMail: "Check your mail",
  mailSentTo: (email) =>
    `If there is an account for ${email}, a mail is on its way. Open its link, or type its code here.`,
  code: "Code from the mail",
  enterCode: "Enter the six digits of the code.",
  sendAgain: "Send another mail",
  sendingAgain: "Sending",
  sendAgainIn: (clock) => `Send another mail in ${clock}`,
  sentAgain: "Another mail is on its way. The link and code of the one before have ended.",
  newPassword: "New password",
  newPasswordHint: "Several words in a row are good, and easy to remember.",
  enterNewPassword: "Enter a new password.",
  setPassword: "Set new password",
  settingPassword: "Setting",
  passwordSet: (name) => `Your new password is set. Signed in as ${name}.`,
  changePassword: "Change password",
  changingPassword: "Changing",
  currentPassword: "Current password",
  enterCurrentPassword: "Enter your current password.",
  othersSignOut: "Every other device of yours is signed out.",
  passwordChanged: "Your password is changed, and every other device is signed out.",
  firstPasswordSet: "Your password is set, and every other device is signed out.",

  signUp: "Sign up",
  signingUp: "Signing up",
  finishSignUp: "Finish signing up",
  signUpClosed: "New accounts cannot be made here.",
  loading: "Loading",
  mailComingTo: (email) =>
    `A mail is on its way to ${email || "your address"}. Open its link, or type its code here.`,
  sendMail: "Send me a mail",
  anotherAddress: "Use another address",
  confirmAddress: "Confirm your address",
  addressConfirmed: "Your address is confirmed.",
  addressNow: (email) => `Your address now: ${email}`,
  notVerified: "Not verified",
  signInFirst: "Sign in first, to the account whose mail it is.",
  changeEmail: "Change address",
  newEmail: "New email",
  emailChanged:
    "Your address is changed. Every other device is signed out, and the old address was told.",
  undoEmail: "Bring back the old address",
  undoEmailHint: "Every device is signed out, and the password ends: you choose a new one.",
  emailUndone: "The old address is back, and every device is signed out. Choose a new password.",
  done: "Done",

  confirmIdentity: "Confirm that it is you",
  confirmFirst: "This needs a fresh proof. What you have begun goes on after it.",
  cannotConfirm: "This account has no way to do that here.",
  codeComing: "A mail with a code is on its way to your address.",
  confirm: "Confirm",
  confirming: "Confirming",
  cancel: "Cancel",

  exportAccount: "Download a copy of your data",
  exportingAccount: "Preparing",
  exported: "Your copy is downloaded.",
  deleteAccount: "Delete my account",
  deletingAccount: "Deleting",
  deleteAccountQuestion: "Delete your account?",
  deleteMeans,
  deleteNow: (days) => (days > 0 ? "Delete my account" : "Delete for ever"),
  keepAccount: "Keep my account",
  deleted: (days) =>
    days > 0 ? "You are signed out, and your account is closed." : "Your account is deleted.",
  restoreAccount: "Bring my account back",
  restoringAccount: "Bringing it back",
  restored: "Your account is back. Sign in as usual.",

  profile: "Profile",
  username: "Username",
  usernameHint: "Letters, digits and . + - _ only. No @.",
  firstName: "First name",
  lastName: "Last name",
  save: "Save",
  saving: "Saving",
  saved: "Your profile is saved.",
  nothingToSave: "There is nothing to save.",

  device: (browser, system) =>
    browser && system ? `${browser} on ${system}` : (browser ?? system ?? "Unknown device"),
  thisDevice: "This device",

  checkFields: "Please check what you entered.",
  kept: "What you entered is still here.",
  outage: {
    network: "The server cannot be reached. Check your connection and try again.",
    server: "The server has a problem at the moment. Try again in a little while.",
    unreadable: "The server gave an answer that makes no sense here. Try again in a little while.",
  },
  tryAgain: "Try again",
  tryAgainIn: (clock) => `Try again in ${clock}`,
  tryAgainAfter: (seconds) =>
    count(seconds, {
      one: "You can try again in # second.",
      other: "You can try again in # seconds.",
    }),
  tryAgainNow: "You can try again now.",
  moment,
};
