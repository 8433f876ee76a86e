import type { OutageReason } from "../outage.js";

/** Every word that the components show. Give your own to change some or all of them. */
export type AllTexts = Texts & ActivityTexts & DeviceTexts & SocialTexts & TokenTexts;

/** The name of one that needs nothing to be said. */
export type Word = {
  [Name in keyof AllTexts]: AllTexts[Name] extends string ? Name : never;
}[keyof AllTexts];

/** Those of all components but the ones below, whose words come with them. */
export interface Texts {
  signIn: string;
  signingIn: string;
  identifier: string;
  enterIdentifier: string;
  password: string;
  enterPassword: string;
  showPassword: string;
  remember: string;
  signedInAs: (name: string) => string;
  anotherStep: (steps: readonly string[]) => string;
  signOut: string;
  signingOut: string;
  signedOut: string;
  stillSignedIn: (reason: string) => string;

  email: string;
  enterEmail: string;
  sendLink: string;
  sendingLink: string;
  checkMail: string;
  mailSentTo: (email: string) => string;
  code: string;
  enterCode: string;
  sendAgain: string;
  sendingAgain: string;
  sendAgainIn: (clock: string) => string;
  sentAgain: string;
  newPassword: string;
  newPasswordHint: string;
  enterNewPassword: string;
  setPassword: string;
  settingPassword: string;
  passwordSet: (name: string) => string;
  changePassword: string;
  changingPassword: string;
  currentPassword: string;
  enterCurrentPassword: string;
  othersSignOut: string;
  passwordChanged: string;
  firstPasswordSet: string;

  signUp: string;
  signingUp: string;
  finishSignUp: string;
  signUpClosed: string;
  loading: string;
  /** Without an address it is the person's own. */
  mailComingTo: (email: string) => string;
  sendMail: string;
  anotherAddress: string;
  confirmAddress: string;
  addressConfirmed: string;
  addressNow: (email: string) => string;
  notVerified: string;
  signInFirst: string;
  changeEmail: string;
  newEmail: string;
  emailChanged: string;
  undoEmail: string;
  undoEmailHint: string;
  emailUndone: string;
  done: string;

  confirmIdentity: string;
  confirmFirst: string;
  cannotConfirm: string;
  codeComing: string;
  confirm: string;
  confirming: string;
  cancel: string;

  exportAccount: string;
  exportingAccount: string;
  exported: string;
  deleteAccount: string;
  deletingAccount: string;
  deleteAccountQuestion: string;
  /** What comes of it: how many days one can come back, and by which address. */
  deleteMeans: (days: number, email: string | null) => readonly string[];
  deleteNow: (days: number) => string;
  keepAccount: string;
  deleted: (days: number) => string;
  restoreAccount: string;
  restoringAccount: string;
  restored: string;

  profile: string;
  username: string;
  usernameHint: string;
  firstName: string;
  lastName: string;
  save: string;
  saving: string;
  saved: string;
  nothingToSave: string;

  device: (browser: string | null, system: string | null) => string;
  thisDevice: string;

  checkFields: string;
  kept: string;
  outage: Record<OutageReason, string>;
  tryAgain: string;
  tryAgainIn: (clock: string) => string;
  tryAgainAfter: (seconds: number) => string;
  tryAgainNow: string;
  /** A moment, from ISO 8601. */
  moment: (iso: string) => string;
}

/** Those of the list of devices. */
export interface DeviceTexts {
  devices: string;
  countedDevices: (count: number) => string;
  loadingDevices: string;
  signedInAt: (address: string | null, moment: string, proofs: readonly string[]) => string;
  /** By `ago`. */
  lastSeenAt: (ago: string) => string;
  /** How long ago a moment was, from ISO 8601. */
  ago: (iso: string) => string;
  signOutDevice: (name: string) => string;
  signedOutDevice: (name: string) => string;
  nothingSignedOut: (reason: string) => string;
  signOutOthers: string;
  signedOutOthers: string;
}

/** Those of what happened to the account. */
export interface ActivityTexts {
  activity: string;
  loadingActivity: string;
  noActivity: string;
  /** What happened, from its kind and how it ended. A project may have kinds of its own. */
  happened: (kind: string, outcome: string) => string;
  showMore: string;
  loadingMore: string;
  shownMore: (count: number) => string;
}

/** Those of signing in with a provider. */
export interface SocialTexts {
  or: string;
  continueWith: (provider: string) => string;
  confirmWith: (provider: string) => string;
  /** On the button that was pressed. */
  goingTo: (provider: string) => string;
  inWindow: (provider: string) => string;
  windowGone: (provider: string) => string;
  windowBlocked: string;
  closeWindow: string;
  connecting: string;
  connected: string;
  /** What went wrong, by the code of the refusal. A newer server may have others. */
  socialFailed: (code: string) => string;
  wrongState: string;
  signInOtherwise: string;
  goBack: string;

  connectedAccounts: string;
  loadingConnected: string;
  noneConnected: string;
  connectedAt: (moment: string) => string;
  lastUsedAt: (moment: string) => string;
  connect: (provider: string) => string;
  disconnect: string;
  disconnectThis: (account: string) => string;
  disconnecting: string;
  disconnectQuestion: (account: string) => string;
  disconnectMeans: (provider: string) => string;
  keepConnected: string;
  disconnected: (account: string) => string;
}

/** Those of API tokens. */
export interface TokenTexts {
  tokens: string;
  countedTokens: (count: number) => string;
  loadingTokens: string;
  /** Where the installation offers nothing that a token could do. */
  noAbilities: string;
  /** What it may do, and the last characters of it. */
  tokenMay: (abilities: readonly string[], hint: string) => string;
  /** When it was made and until when it is good, `null` until it is revoked. */
  tokenMadeAt: (made: string, until: string | null) => string;
  tokenUsedAt: (moment: string | null) => string;
  newToken: string;
  tokenName: string;
  enterTokenName: string;
  abilities: string;
  chooseAbility: string;
  goodFor: string;
  /** `null` is until it is revoked. */
  goodForDays: (days: number | null) => string;
  makeToken: string;
  makingToken: string;
  tokenMade: (name: string) => string;
  token: string;
  tokenOnce: string;
  copy: string;
  copied: string;
  notCopied: string;
  revoke: string;
  revoking: string;
  revokeToken: (name: string) => string;
  revokeQuestion: (name: string) => string;
  revokeMeans: string;
  revoked: (name: string) => string;
}
