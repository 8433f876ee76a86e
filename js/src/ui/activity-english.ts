import { grammarOf } from "./grammar.js";
import type { ActivityTexts } from "./texts.js";

const { count } = grammarOf("en");

const HAPPENED: Readonly<Record<string, string>> = {
  "sign_in done": "Signed in",
  "sign_in pending": "Sign-in begun, another step was needed",
  "sign_in refused": "Sign-in refused",
  "sign_out done": "Signed out",
  "sessions_revoked done": "Other devices signed out",
  "profile_changed done": "Profile changed",
  "password_changed done": "Password changed",
  "password_removed done": "Password removed, chosen before the address was confirmed",
  "sign_up done": "Account made",
  "email_verified done": "Address confirmed",
  "email_change pending": "Change of address asked for",
  "email_change done": "Address changed",
  "account_exported done": "Copy of the data taken",
  "account_deletion_requested done": "Deletion asked for, with days to come back",
  "account_deleted done": "Account deleted",
  "account_restored done": "Account brought back",
  "token_created done": "API token made",
  "token_revoked done": "API tokens revoked",
  "social_connect pending": "Connecting a provider begun",
  "social_connect done": "Account at a provider connected",
  "social_disconnect done": "Account at a provider disconnected",
  "reauthentication done": "Confirmed that it was you",
  "reauthentication refused": "Confirmation refused",
};

/** Apart from the others, so that only a page that shows them carries them. */
export const activityEnglish: ActivityTexts = {
  activity: "Your activity",
  loadingActivity: "Loading your activity",
  noActivity: "Nothing has happened yet.",
  happened: (kind, outcome) => HAPPENED[`${kind} ${outcome}`] ?? `${kind} (${outcome})`,
  showMore: "Show more",
  loadingMore: "Loading more",
  shownMore: (entries) => count(entries, { one: "# more is shown.", other: "# more are shown." }),
};
