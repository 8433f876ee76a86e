import { grammarOf } from "./grammar.js";
import type { TokenTexts } from "./texts.js";

const { count, list } = grammarOf("en");

/** Apart from the others, so that only a page that shows them carries them. */
export const tokensEnglish: TokenTexts = {
  tokens: "Your API tokens",
  countedTokens: (tokens) => count(tokens, { one: "# API token", other: "# API tokens" }),
  loadingTokens: "Loading your API tokens",
  noAbilities: "There is nothing here that a token could be allowed to do.",
  tokenMay: (abilities, hint) => `${list(abilities)}. Ends in ${hint}`,
  tokenMadeAt: (made, until) =>
    until ? `Made ${made}, good until ${until}` : `Made ${made}, good until it is revoked`,
  tokenUsedAt: (moment) => (moment ? `Last used ${moment}` : "Never used"),
  newToken: "New token",
  tokenName: "What is it for?",
  enterTokenName: "Say what it is for.",
  abilities: "What it may do",
  chooseAbility: "Choose something that it may do.",
  goodFor: "Good for",
  goodForDays: (days) =>
    days === null ? "Until I revoke it" : count(days, { one: "# day", other: "# days" }),
  makeToken: "Make token",
  makingToken: "Making",
  tokenMade: (name) => `New token: ${name}`,
  token: "Token",
  tokenOnce:
    "Copy it now: it is shown this once. Whoever has it can act in your name, as far as you allowed.",
  copy: "Copy",
  copied: "Copied.",
  notCopied: "Your browser does not let this page copy. Copy what is selected.",
  revoke: "Revoke",
  revoking: "Revoking",
  revokeToken: (name) => `Revoke: ${name}`,
  revokeQuestion: (name) => `Revoke ${name}?`,
  revokeMeans: "Whatever uses this token stops working at once. It cannot be brought back.",
  revoked: (name) => `Revoked: ${name}.`,
};
