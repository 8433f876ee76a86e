import { proofsEnglish } from "./english.js";
import { agoIn, grammarOf } from "./grammar.js";
import type { DeviceTexts } from "./texts.js";

const { count, moment } = grammarOf("en");

/** Apart from the others, so that only a page that shows them carries them. */
export const devicesEnglish: DeviceTexts = {
  devices: "Your devices",
  countedDevices: (devices) => count(devices, { one: "# device", other: "# devices" }),
  loadingDevices: "Loading your devices",
  signedInAt: (address, moment, names) =>
    `${address ?? "Address not known"}, signed in ${moment} with ${proofsEnglish(names) || "another way in"}`,
  lastSeenAt: (ago) => `Last seen ${ago}`,
  signOutDevice: (name) => `Sign out: ${name}`,
  signedOutDevice: (name) => `Signed out: ${name}.`,
  nothingSignedOut: (reason) => `Nothing was signed out. ${reason}`,
  signOutOthers: "Sign out everywhere else",
  signedOutOthers: "You are signed out everywhere else.",
  ago: agoIn("en", moment),
};
