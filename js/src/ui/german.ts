import { agoIn, grammarOf } from "./grammar.js";
import type { AllTexts } from "./texts.js";

const { count, list, moment } = grammarOf("de");

/** What the server calls a proof, or a step to one. A newer one may have more. */
const PROOFS: Readonly<Record<string, string>> = {
  password: "Passwort",
  email: "E-Mail",
  social: "verbundenes Konto",
};
/** By which of them. */
const BY = { ...PROOFS, social: "verbundenem Konto" };

const HAPPENED: Readonly<Record<string, string>> = {
  "sign_in done": "Angemeldet",
  "sign_in pending": "Anmeldung begonnen, ein weiterer Schritt war nötig",
  "sign_in refused": "Anmeldung abgelehnt",
  "sign_out done": "Abgemeldet",
  "sessions_revoked done": "Andere Geräte abgemeldet",
  "profile_changed done": "Profil geändert",
  "password_changed done": "Passwort geändert",
  "password_removed done": "Passwort entfernt, das vor der Bestätigung der Adresse gewählt wurde",
  "sign_up done": "Konto angelegt",
  "email_verified done": "Adresse bestätigt",
  "email_change pending": "Änderung der Adresse angefordert",
  "email_change done": "Adresse geändert",
  "account_exported done": "Kopie der Daten heruntergeladen",
  "account_deletion_requested done":
    "Löschung des Kontos angefordert, mit Frist zur Wiederherstellung",
  "account_deleted done": "Konto gelöscht",
  "account_restored done": "Konto wiederhergestellt",
  "token_created done": "API-Token erstellt",
  "token_revoked done": "API-Tokens widerrufen",
  "social_connect pending": "Verbindung mit einem Konto bei einem Anbieter begonnen",
  "social_connect done": "Konto bei einem Anbieter verbunden",
  "social_disconnect done": "Konto bei einem Anbieter getrennt",
  "reauthentication done": "Bestätigt, dass Sie es waren",
  "reauthentication refused": "Bestätigung abgelehnt",
};

const FAILED: Readonly<Record<string, string>> = {
  "social.cancelled": "Sie haben dort abgebrochen",
  "social.state_mismatch": "Das wurde nicht hier begonnen",
  "social.refused": "Die Antwort wurde nicht angenommen",
  "social.email_unverified": "Ihre Adresse ist dort nicht bestätigt",
  "social.account_exists": "Sie haben hier schon ein Konto",
  "social.sign_up_closed": "Neue Konten können hier nicht angelegt werden",
  "social.already_connected": "Es ist schon verbunden",
  "social.last_way": "Sonst können Sie sich nicht mehr anmelden",
  "social.provider_unavailable": "Der Anbieter ist nicht erreichbar",
};

function proofs(names: readonly string[], words = PROOFS): string {
  return list(names.map((name) => words[name] ?? name));
}

function deleteMeans(days: number, email: string | null): string[] {
  const signedOut = "Alle Ihre Geräte werden sofort abgemeldet.";
  if (days === 0) {
    return [
      signedOut,
      "Ihr Konto wird gelöscht, mit allem, was hier dazugehört.",
      "Niemand kann es wiederherstellen.",
    ];
  }
  return [
    signedOut,
    "Niemand kann sich mehr in Ihrem Konto anmelden.",
    email
      ? count(days, {
          one: `# Tag lang können Sie zurückkommen, mit dem Link in einer E-Mail an ${email}.`,
          other: `# Tage lang können Sie zurückkommen, mit dem Link in einer E-Mail an ${email}.`,
        })
      : "Sie können nicht selbst zurückkommen: Es gibt keine Adresse für eine E-Mail.",
    count(days, {
      one: "Nach # Tag wird Ihr Konto gelöscht, mit allem, was hier dazugehört.",
      other: "Nach # Tagen wird Ihr Konto gelöscht, mit allem, was hier dazugehört.",
    }),
  ];
}

export const german: AllTexts = {
  signIn: "Anmelden",
  signingIn: "Anmeldung läuft",
  identifier: "E-Mail-Adresse oder Benutzername",
  enterIdentifier: "Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.",
  password: "Passwort",
  enterPassword: "Geben Sie Ihr Passwort ein.",
  showPassword: "Passwort anzeigen",
  remember: "Auf diesem Gerät angemeldet bleiben",
  signedInAs: (name) => `Angemeldet als ${name}.`,
  anotherStep: (steps) => `Dieses Konto braucht noch einen Schritt: ${proofs(steps)}.`,
  signOut: "Abmelden",
  signingOut: "Abmeldung läuft",
  signedOut: "Sie sind abgemeldet.",
  stillSignedIn: (reason) => `Sie sind noch angemeldet. ${reason}`,

  email: "E-Mail-Adresse",
  enterEmail: "Geben Sie Ihre E-Mail-Adresse ein.",
  sendLink: "Link anfordern",
  sendingLink: "Wird angefordert",
  checkMail: "Sehen Sie in Ihrem Postfach nach",
  mailSentTo: (email) =>
    `Wenn es mit der Adresse ${email} ein Konto gibt, ist eine E-Mail unterwegs. Öffnen Sie den Link darin oder geben Sie hier den Code ein.`,
  code: "Code aus der E-Mail",
  enterCode: "Geben Sie die sechs Ziffern des Codes ein.",
  sendAgain: "Neue E-Mail anfordern",
  sendingAgain: "Wird angefordert",
  sendAgainIn: (clock) => `Neue E-Mail anfordern in ${clock}`,
  sentAgain:
    "Eine neue E-Mail ist unterwegs. Der Link und der Code der vorherigen gelten nicht mehr.",
  newPassword: "Neues Passwort",
  newPasswordHint: "Mehrere Wörter hintereinander sind gut und leicht zu merken.",
  enterNewPassword: "Geben Sie ein neues Passwort ein.",
  setPassword: "Neues Passwort speichern",
  settingPassword: "Wird gespeichert",
  passwordSet: (name) => `Ihr neues Passwort ist gespeichert. Angemeldet als ${name}.`,
  changePassword: "Passwort ändern",
  changingPassword: "Wird geändert",
  currentPassword: "Aktuelles Passwort",
  enterCurrentPassword: "Geben Sie Ihr aktuelles Passwort ein.",
  othersSignOut: "Alle Ihre anderen Geräte werden abgemeldet.",
  passwordChanged: "Ihr Passwort ist geändert, und alle anderen Geräte sind abgemeldet.",
  firstPasswordSet: "Ihr Passwort ist gespeichert, und alle anderen Geräte sind abgemeldet.",

  signUp: "Registrieren",
  signingUp: "Registrierung läuft",
  finishSignUp: "Registrierung abschließen",
  signUpClosed: "Neue Konten können hier nicht angelegt werden.",
  loading: "Wird geladen",
  mailComingTo: (email) =>
    `Eine E-Mail an ${email || "Ihre Adresse"} ist unterwegs. Öffnen Sie den Link darin oder geben Sie hier den Code ein.`,
  sendMail: "E-Mail anfordern",
  anotherAddress: "Andere Adresse verwenden",
  confirmAddress: "E-Mail-Adresse bestätigen",
  addressConfirmed: "Ihre Adresse ist bestätigt.",
  addressNow: (email) => `Ihre derzeitige Adresse: ${email}`,
  notVerified: "Nicht bestätigt",
  signInFirst: "Melden Sie sich zuerst in dem Konto an, zu dem die E-Mail gehört.",
  changeEmail: "Adresse ändern",
  newEmail: "Neue E-Mail-Adresse",
  emailChanged:
    "Ihre Adresse ist geändert. Alle anderen Geräte sind abgemeldet, und an die alte Adresse ging eine Nachricht.",
  undoEmail: "Alte Adresse wiederherstellen",
  undoEmailHint:
    "Alle Geräte werden abgemeldet, und das Passwort gilt nicht mehr: Sie wählen ein neues.",
  emailUndone:
    "Die alte Adresse gilt wieder, und alle Geräte sind abgemeldet. Wählen Sie ein neues Passwort.",
  done: "Fertig",

  confirmIdentity: "Bestätigen Sie, dass Sie es sind",
  confirmFirst: "Dafür ist eine neue Bestätigung nötig. Danach geht es weiter, wo Sie waren.",
  cannotConfirm: "Mit diesem Konto ist das hier nicht möglich.",
  codeComing: "Eine E-Mail mit einem Code ist an Ihre Adresse unterwegs.",
  confirm: "Bestätigen",
  confirming: "Wird bestätigt",
  cancel: "Abbrechen",

  exportAccount: "Kopie Ihrer Daten herunterladen",
  exportingAccount: "Wird vorbereitet",
  exported: "Ihre Kopie ist heruntergeladen.",
  deleteAccount: "Mein Konto löschen",
  deletingAccount: "Wird gelöscht",
  deleteAccountQuestion: "Ihr Konto löschen?",
  deleteMeans,
  deleteNow: (days) => (days > 0 ? "Mein Konto löschen" : "Endgültig löschen"),
  keepAccount: "Mein Konto behalten",
  deleted: (days) =>
    days > 0 ? "Sie sind abgemeldet, und Ihr Konto ist geschlossen." : "Ihr Konto ist gelöscht.",
  restoreAccount: "Mein Konto wiederherstellen",
  restoringAccount: "Wird wiederhergestellt",
  restored: "Ihr Konto ist wiederhergestellt. Melden Sie sich wie gewohnt an.",

  profile: "Profil",
  username: "Benutzername",
  usernameHint: "Nur Buchstaben, Ziffern und . + - _, kein @.",
  firstName: "Vorname",
  lastName: "Nachname",
  save: "Speichern",
  saving: "Wird gespeichert",
  saved: "Ihr Profil ist gespeichert.",
  nothingToSave: "Es gibt nichts zu speichern.",

  devices: "Ihre Geräte",
  countedDevices: (devices) => count(devices, { one: "# Gerät", other: "# Geräte" }),
  loadingDevices: "Ihre Geräte werden geladen",
  device: (browser, system) =>
    browser && system ? `${browser} unter ${system}` : (browser ?? system ?? "Unbekanntes Gerät"),
  thisDevice: "Dieses Gerät",
  signedInAt: (address, moment, names) =>
    `${address ?? "IP-Adresse nicht bekannt"}, angemeldet am ${moment} ${names.length > 0 ? `mit ${proofs(names, BY)}` : "auf anderem Weg"}`,
  lastSeenAt: (ago) => `Zuletzt aktiv: ${ago}`,
  signOutDevice: (name) => `Abmelden: ${name}`,
  signedOutDevice: (name) => `Abgemeldet: ${name}.`,
  nothingSignedOut: (reason) => `Es wurde nichts abgemeldet. ${reason}`,
  signOutOthers: "Überall sonst abmelden",
  signedOutOthers: "Sie sind überall sonst abgemeldet.",

  tokens: "Ihre API-Tokens",
  countedTokens: (tokens) => count(tokens, { one: "# API-Token", other: "# API-Tokens" }),
  loadingTokens: "Ihre API-Tokens werden geladen",
  noAbilities: "Hier gibt es nichts, was einem Token erlaubt werden könnte.",
  tokenMay: (abilities, hint) => `${list(abilities)}. Endet auf ${hint}`,
  tokenMadeAt: (made, until) =>
    until
      ? `Erstellt am ${made}, gültig bis ${until}`
      : `Erstellt am ${made}, gültig bis zum Widerruf`,
  tokenUsedAt: (moment) => (moment ? `Zuletzt verwendet am ${moment}` : "Nie verwendet"),
  newToken: "Neues Token",
  tokenName: "Wofür ist es?",
  enterTokenName: "Geben Sie an, wofür es ist.",
  abilities: "Was es darf",
  chooseAbility: "Wählen Sie etwas, das es darf.",
  goodFor: "Gültig",
  goodForDays: (days) =>
    days === null ? "Bis ich es widerrufe" : count(days, { one: "# Tag", other: "# Tage" }),
  makeToken: "Token erstellen",
  makingToken: "Wird erstellt",
  tokenMade: (name) => `Neues Token: ${name}`,
  token: "Das Token",
  tokenOnce:
    "Kopieren Sie es jetzt: Es wird nur dieses eine Mal gezeigt. Wer es hat, kann in Ihrem Namen handeln, soweit Sie es erlaubt haben.",
  copy: "Kopieren",
  copied: "Kopiert.",
  notCopied:
    "Ihr Browser erlaubt dieser Seite das Kopieren nicht. Kopieren Sie den markierten Text selbst.",
  revoke: "Widerrufen",
  revoking: "Wird widerrufen",
  revokeToken: (name) => `Widerrufen: ${name}`,
  revokeQuestion: (name) => `${name} widerrufen?`,
  revokeMeans:
    "Alles, was dieses Token verwendet, funktioniert sofort nicht mehr. Das lässt sich nicht rückgängig machen.",
  revoked: (name) => `Widerrufen: ${name}.`,

  activity: "Ihre Aktivitäten",
  loadingActivity: "Ihre Aktivitäten werden geladen",
  noActivity: "Bisher ist nichts geschehen.",
  happened: (kind, outcome) => HAPPENED[`${kind} ${outcome}`] ?? `${kind} (${outcome})`,
  showMore: "Mehr anzeigen",
  loadingMore: "Weitere Einträge werden geladen",
  shownMore: (entries) =>
    count(entries, {
      one: "# weiterer Eintrag wird angezeigt.",
      other: "# weitere Einträge werden angezeigt.",
    }),

  or: "oder",
  continueWith: (provider) => `Weiter mit ${provider}`,
  confirmWith: (provider) => `Mit ${provider} bestätigen`,
  goingTo: (provider) => `Weiter zu ${provider}`,
  inWindow: (provider) => `Im Fenster von ${provider} geht es weiter.`,
  windowGone: (provider) =>
    `Das ist noch nicht fertig. Wenn das Fenster von ${provider} geschlossen ist, beginnen Sie erneut.`,
  windowBlocked:
    "Ihr Browser hat kein Fenster geöffnet. Erlauben Sie es dieser Seite und versuchen Sie es erneut.",
  closeWindow: "Sie können dieses Fenster schließen.",
  connecting: "Wird verbunden",
  connected: "Ihr Konto dort ist verbunden.",
  socialFailed: (code) => FAILED[code] ?? "Das hat nicht geklappt",
  wrongState:
    "Das begann in einem anderen Fenster oder Browser, oder die Zeit ist abgelaufen. Beginnen Sie erneut.",
  signInOtherwise: "Anders anmelden",
  goBack: "Zurück",

  connectedAccounts: "Verbundene Konten",
  loadingConnected: "Ihre verbundenen Konten werden geladen",
  noneConnected:
    "Es ist kein Konto verbunden. Mit einem verbundenen Konto können Sie sich ohne Passwort anmelden.",
  connectedAt: (moment) => `Verbunden am ${moment}`,
  lastUsedAt: (moment) => `Zuletzt verwendet am ${moment}`,
  connect: (provider) => `${provider} verbinden`,
  disconnect: "Trennen",
  disconnectThis: (account) => `${account} trennen`,
  disconnecting: "Wird getrennt",
  disconnectQuestion: (account) => `${account} trennen?`,
  disconnectMeans: (provider) =>
    `Mit diesem Konto von ${provider} können Sie sich hier nicht mehr anmelden, und alle Ihre anderen Geräte werden abgemeldet.`,
  keepConnected: "Verbunden lassen",
  disconnected: (account) => `${account} ist getrennt.`,

  checkFields: "Bitte prüfen Sie Ihre Angaben.",
  kept: "Was Sie eingegeben haben, ist noch da.",
  outage: {
    network:
      "Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
    server: "Der Server hat gerade ein Problem. Versuchen Sie es in Kürze erneut.",
    unreadable:
      "Der Server hat eine Antwort gegeben, die hier keinen Sinn ergibt. Versuchen Sie es in Kürze erneut.",
  },
  tryAgain: "Erneut versuchen",
  tryAgainIn: (clock) => `Erneut versuchen in ${clock}`,
  tryAgainAfter: (seconds) =>
    count(seconds, {
      one: "Sie können es in # Sekunde erneut versuchen.",
      other: "Sie können es in # Sekunden erneut versuchen.",
    }),
  tryAgainNow: "Sie können es jetzt erneut versuchen.",
  moment,
  ago: agoIn("de", moment),
};
