/** A sentence with a link in it: what stands before, the words of the link, what stands after. */
export type Around = readonly [string, string, string];

export interface Claim {
  title: string;
  text: string;
  try: string | Around;
}

/** Every word of this app. Those of the forms are in the package. */
export interface Words {
  language: string;
  skip: string;
  main: string;
  home: string;
  notes: string;
  profile: string;
  devices: string;
  activity: string;
  signIn: string;
  signedInAs: string;
  you: string;
  footer: Around;

  signInFirst: string;
  notAvailable: string;
  notAvailableNow: string;
  cannotSay: string;
  loadingSession: string;
  loadingNotes: string;
  loading: (what: string) => string;
  notLoaded: string;
  couldNotLoad: string;
  notAllOfIt: string;
  notFound: string;
  noSuchPage: string;
  notFoundLead: string;
  goHome: string;

  homeHeading: string;
  homeLead: string;
  yourSession: string;
  nobody: string;
  comeIn: string;
  invitation: Around;
  goToSignIn: string;
  signedIn: string;
  hello: (name: string) => string;
  memberSince: string;
  provedBy: string;
  /** What the session was proved by, from the names of the contract. */
  proofs: (names: readonly string[]) => string;
  signedInAt: string;
  endsBy: string;
  claims: string;
  tryIt: string;
  twoRequests: Claim & { try: string };
  nothingToSteal: Claim & { try: string };
  guardedPages: Claim & { try: Around };
  tabsAgree: Claim & { try: string };
  refusal: Claim & { try: string };
  oneSite: Claim & { try: Around };

  withDjangoUser: string;
  needSignIn: (next: string) => string;
  forgotPassword: string;
  signInByMail: string;
  makeAccount: string;
  demoAccount: string;
  youAreSignedIn: string;
  askedForSignIn: (next: string) => string;
  goTo: (next: string) => string;
  oneButtonLeft: string;
  linkAndCode: string;
  newMail: string;
  withPassword: string;
  signUp: string;
  addressRight: string;
  mailToConfirm: string;
  haveAccount: string;
  mailToChoose: string;
  backToSignIn: string;
  chooseNewPassword: string;
  notWhole: string;

  howYouAppear: string;
  account: string;
  email: string;
  none: string;
  emailStatus: string;
  verified: string;
  notVerified: string;
  changeAddress: string;
  confirmAddress: string;
  changePassword: string;
  dataAndAccount: string;
  browserSignedIn: string;
  mailToNewAddress: string;
  backToProfile: string;
  bringBackAddress: string;
  password: string;
  somebodyKnows: Around;
  devicesLead: string;
  /** With two links in it. */
  activityLead: readonly [...Around, string, string];
  accountLead: string;
  yourData: string;
  dataLead: string;
  deleteAccount: string;
  bringBackAccount: string;
  toBeDeleted: string;

  notesLead: string;
  yourNotes: string;
  countedNotes: (count: number) => string;
  noNotes: string;
  addNote: string;
  adding: string;
  newNote: string;
  upTo: (count: number) => string;
  writeSomething: string;
  tooLong: (count: number) => string;
  noteAdded: string;
  noteDeleted: string;
  notDeleted: (reason: string) => string;
  deleteNote: (text: string) => string;

  day: (iso: string) => string;
  moment: (iso: string) => string;
}

export const english: Words = {
  language: "Language",
  skip: "Skip to the content",
  main: "Main",
  home: "Home",
  notes: "Notes",
  profile: "Profile",
  devices: "Devices",
  activity: "Activity",
  signIn: "Sign in",
  signedInAs: "Signed in as",
  you: "you",
  footer: [
    "An example of ",
    "django-spa-auth",
    ". Sessions, users and passwords are those of Django.",
  ],

  signInFirst: "Sign in first",
  notAvailable: "Not available",
  notAvailableNow: "This page is not available now",
  cannotSay: "The server cannot say whether you are signed in.",
  loadingSession: "Loading your session",
  loadingNotes: "Loading your notes",
  loading: (what) => `Loading ${what}`,
  notLoaded: "Not loaded",
  couldNotLoad: "This page could not be loaded",
  notAllOfIt: "The server did not send all of it.",
  notFound: "Not found",
  noSuchPage: "There is no such page",
  notFoundLead: "The address may be mistyped, or the page may have moved.",
  goHome: "Go to the home page",

  homeHeading: "Django's sessions, for a single-page app",
  homeLead:
    "An example of django-spa-auth: a Vue front end that signs in with Django's own users, sessions and CSRF protection, and keeps no token in the storage of the browser.",
  yourSession: "Your session",
  nobody: "Nobody is signed in",
  comeIn: "Come in and look around",
  invitation: [
    "The sign-in page has a demo account for you. It takes one request. Or ",
    "make an account",
    " of your own.",
  ],
  goToSignIn: "Go to the sign-in page",
  signedIn: "Signed in",
  hello: (name) => `Hello ${name}`,
  memberSince: "Member since",
  provedBy: "Proved by",
  proofs: (names) => names.join(", ") || "another sign-in",
  signedInAt: "Signed in",
  endsBy: "Ends by",
  claims: "What this shows",
  tryIt: "Try it",
  twoRequests: {
    title: "Two requests",
    text: "One to learn the session, one to sign in. The answer is the state, so nothing is asked twice.",
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
    try: ["Sign out and open ", "your notes", "."],
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
    try: ["Open the ", "admin", " signed out."],
  },

  withDjangoUser: "With a user of Django.",
  needSignIn: (next) => `You need to be signed in to go on to ${next}.`,
  forgotPassword: "Forgot your password?",
  signInByMail: "Sign in by mail",
  makeAccount: "Make an account",
  demoAccount: "Demo account",
  youAreSignedIn: "You are signed in",
  askedForSignIn: (next) =>
    `${next} asked for a sign-in. If it turns you away again, it is not open to this account: sign out, and come back with another one.`,
  goTo: (next) => `Go to ${next}`,
  oneButtonLeft: "One button is left.",
  linkAndCode: "We send you a mail with a link and a code.",
  newMail: "Ask for a new mail",
  withPassword: "Sign in with a password",
  signUp: "Sign up",
  addressRight: "Your address is right. This is left:",
  mailToConfirm: "We send you a mail to confirm your address.",
  haveAccount: "I have an account already",
  mailToChoose: "We send you a mail with a link to choose a new one.",
  backToSignIn: "Back to sign in",
  chooseNewPassword: "Choose a new password",
  notWhole: "This address is not whole. Open the link of the mail again.",

  howYouAppear: "How you appear here.",
  account: "Account",
  email: "Email",
  none: "None",
  emailStatus: "Email status",
  verified: "Verified",
  notVerified: "Not verified",
  changeAddress: "Change your address",
  confirmAddress: "Confirm your address",
  changePassword: "Change your password",
  dataAndAccount: "Your data and account",
  browserSignedIn: "This browser has to be signed in.",
  mailToNewAddress: "A mail goes to the new address first.",
  backToProfile: "Back to your profile",
  bringBackAddress: "Bring back your address",
  password: "Password",
  somebodyKnows: ["Somebody else may know it? ", "See what happened", " to your account."],
  devicesLead: "Where you are signed in. If you do not know one, sign it out.",
  activityLead: [
    "What happened to your account. Was something not you? ",
    "Choose another password",
    ", which signs out everywhere else too, or only ",
    "sign out everywhere else",
    ".",
  ],
  accountLead: "Take a copy of what is held about you, or leave.",
  yourData: "Your data",
  dataLead: "Your account, where you are signed in, what happened, and which mails went to you.",
  deleteAccount: "Delete your account",
  bringBackAccount: "Bring your account back",
  toBeDeleted: "It is to be deleted. Until that day it comes back as it was.",

  notesLead: "Only you can read them.",
  yourNotes: "Your notes",
  countedNotes: (count) => (count === 1 ? "1 note" : `${count} notes`),
  noNotes: "No notes yet. Write the first one.",
  addNote: "Add note",
  adding: "Adding",
  newNote: "New note",
  upTo: (count) => `Up to ${count} characters.`,
  writeSomething: "Write something first.",
  tooLong: (count) => `Use ${count} characters or fewer.`,
  noteAdded: "Note added.",
  noteDeleted: "Note deleted.",
  notDeleted: (reason) => `The note was not deleted. ${reason}`,
  deleteNote: (text) => `Delete note: ${text}`,

  ...datesIn("en"),
};

const PROOFS: Readonly<Record<string, string>> = { password: "Passwort", email: "E-Mail" };

export const german: Words = {
  language: "Sprache",
  skip: "Zum Inhalt springen",
  main: "Hauptmenü",
  home: "Start",
  notes: "Notizen",
  profile: "Profil",
  devices: "Geräte",
  activity: "Aktivität",
  signIn: "Anmelden",
  signedInAs: "Angemeldet als",
  you: "Sie",
  footer: [
    "Ein Beispiel für ",
    "django-spa-auth",
    ". Sitzungen, Konten und Passwörter sind die von Django.",
  ],

  signInFirst: "Zuerst anmelden",
  notAvailable: "Nicht verfügbar",
  notAvailableNow: "Diese Seite ist gerade nicht verfügbar",
  cannotSay: "Der Server kann nicht sagen, ob Sie angemeldet sind.",
  loadingSession: "Ihre Sitzung wird geladen",
  loadingNotes: "Ihre Notizen werden geladen",
  loading: (what) => `${what} wird geladen`,
  notLoaded: "Nicht geladen",
  couldNotLoad: "Diese Seite konnte nicht geladen werden",
  notAllOfIt: "Der Server hat nicht alles davon gesendet.",
  notFound: "Nicht gefunden",
  noSuchPage: "Diese Seite gibt es nicht",
  notFoundLead: "Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen.",
  goHome: "Zur Startseite",

  homeHeading: "Djangos Sitzungen, für eine Single-Page-App",
  homeLead:
    "Ein Beispiel für django-spa-auth: ein Frontend in Vue, das sich mit Djangos eigenen Konten, Sitzungen und CSRF-Schutz anmeldet und kein Token im Speicher des Browsers aufbewahrt.",
  yourSession: "Ihre Sitzung",
  nobody: "Niemand ist angemeldet",
  comeIn: "Kommen Sie herein, und sehen Sie sich um",
  invitation: [
    "Auf der Anmeldeseite gibt es ein Demokonto für Sie. Eine Anfrage genügt. Oder Sie ",
    "legen ein eigenes Konto an",
    ".",
  ],
  goToSignIn: "Zur Anmeldung",
  signedIn: "Angemeldet",
  hello: (name) => `Hallo ${name}`,
  memberSince: "Dabei seit",
  provedBy: "Nachweis",
  proofs: (names) =>
    names.map((name) => PROOFS[name] ?? name).join(", ") || "eine andere Anmeldung",
  signedInAt: "Angemeldet",
  endsBy: "Endet spätestens",
  claims: "Was das zeigt",
  tryIt: "Ausprobieren",
  twoRequests: {
    title: "Zwei Anfragen",
    text: "Eine nach der Sitzung, eine zur Anmeldung. Die Antwort ist der Zustand, also wird nichts zweimal gefragt.",
    try: "Sehen Sie bei der Anmeldung in die Netzwerkanalyse.",
  },
  nothingToSteal: {
    title: "Nichts zu stehlen",
    text: "Der Sitzungsschlüssel ist in einem Cookie, das kein Skript lesen kann. Das CSRF-Token bleibt im Arbeitsspeicher.",
    try: "Suchen Sie im Web-Speicher nach einem Token.",
  },
  guardedPages: {
    title: "Geschützte Seiten warten",
    text: "Kein Pixel ist zu sehen, bevor der Server gesagt hat, wer Sie sind. Dann kommen Sie an, wo Sie hinwollten.",
    try: ["Melden Sie sich ab, und öffnen Sie ", "Ihre Notizen", "."],
  },
  tabsAgree: {
    title: "Tabs sind sich einig",
    text: "Wer sich in einem Tab abmeldet, ist in allen abgemeldet. Weitergesagt wird nur, dass sich etwas geändert hat.",
    try: "Öffnen Sie diese Seite zweimal, und melden Sie sich in einem Tab ab.",
  },
  refusal: {
    title: "Bei einer Ablehnung geht nichts verloren",
    text: "Falsches Passwort, vergebener Name, keine Verbindung: Die Seite sagt, was war, und Ihre Eingaben sind noch da.",
    try: "Halten Sie den Server an, und speichern Sie Ihr Profil.",
  },
  oneSite: {
    title: "Eine Website, eine Sitzung",
    text: "Djangos Admin liegt hinter derselben Tür, mit denselben Grenzen für alle, die Passwörter raten.",
    try: ["Öffnen Sie den ", "Admin", ", ohne angemeldet zu sein."],
  },

  withDjangoUser: "Mit einem Konto von Django.",
  needSignIn: (next) => `Um zu ${next} zu kommen, müssen Sie angemeldet sein.`,
  forgotPassword: "Passwort vergessen?",
  signInByMail: "Per E-Mail anmelden",
  makeAccount: "Konto anlegen",
  demoAccount: "Demokonto",
  youAreSignedIn: "Sie sind angemeldet",
  askedForSignIn: (next) =>
    `${next} hat eine Anmeldung verlangt. Wenn Sie dort wieder abgewiesen werden, ist die Seite für dieses Konto nicht offen: Melden Sie sich ab, und kommen Sie mit einem anderen wieder.`,
  goTo: (next) => `Zu ${next}`,
  oneButtonLeft: "Nur noch ein Klick.",
  linkAndCode: "Wir senden Ihnen eine E-Mail mit einem Link und einem Code.",
  newMail: "Neue E-Mail anfordern",
  withPassword: "Mit Passwort anmelden",
  signUp: "Registrieren",
  addressRight: "Ihre Adresse stimmt. Das fehlt noch:",
  mailToConfirm: "Wir senden Ihnen eine E-Mail, um Ihre Adresse zu bestätigen.",
  haveAccount: "Ich habe schon ein Konto",
  mailToChoose: "Wir senden Ihnen eine E-Mail mit einem Link, um ein neues zu wählen.",
  backToSignIn: "Zurück zur Anmeldung",
  chooseNewPassword: "Neues Passwort wählen",
  notWhole: "Diese Adresse ist nicht vollständig. Öffnen Sie den Link aus der E-Mail noch einmal.",

  howYouAppear: "Wie Sie hier erscheinen.",
  account: "Konto",
  email: "E-Mail-Adresse",
  none: "Keine",
  emailStatus: "Stand der Adresse",
  verified: "Bestätigt",
  notVerified: "Nicht bestätigt",
  changeAddress: "Adresse ändern",
  confirmAddress: "E-Mail-Adresse bestätigen",
  changePassword: "Passwort ändern",
  dataAndAccount: "Ihre Daten und Ihr Konto",
  browserSignedIn: "Dieser Browser muss angemeldet sein.",
  mailToNewAddress: "Zuerst geht eine E-Mail an die neue Adresse.",
  backToProfile: "Zurück zum Profil",
  bringBackAddress: "Alte Adresse wiederherstellen",
  password: "Passwort",
  somebodyKnows: [
    "Kennt es vielleicht jemand anderes? ",
    "Sehen Sie nach",
    ", was in Ihrem Konto geschehen ist.",
  ],
  devicesLead: "Wo Sie angemeldet sind. Wenn Sie ein Gerät nicht kennen, melden Sie es ab.",
  activityLead: [
    "Was in Ihrem Konto geschehen ist. Ist etwas dabei, das Sie nicht waren? ",
    "Wählen Sie ein anderes Passwort",
    ", das meldet Sie auch überall sonst ab, oder ",
    "melden Sie sich nur überall sonst ab",
    ".",
  ],
  accountLead: "Laden Sie eine Kopie Ihrer Daten herunter, oder gehen Sie.",
  yourData: "Ihre Daten",
  dataLead:
    "Ihr Konto, wo Sie angemeldet sind, was geschehen ist und welche E-Mails an Sie gingen.",
  deleteAccount: "Ihr Konto löschen",
  bringBackAccount: "Konto wiederherstellen",
  toBeDeleted: "Es soll gelöscht werden. Bis zu diesem Tag kommt es zurück, wie es war.",

  notesLead: "Nur Sie können sie lesen.",
  yourNotes: "Ihre Notizen",
  countedNotes: (count) => (count === 1 ? "1 Notiz" : `${count} Notizen`),
  noNotes: "Noch keine Notizen. Schreiben Sie die erste.",
  addNote: "Notiz hinzufügen",
  adding: "Wird hinzugefügt",
  newNote: "Neue Notiz",
  upTo: (count) => `Bis zu ${count} Zeichen.`,
  writeSomething: "Schreiben Sie zuerst etwas.",
  tooLong: (count) => `Verwenden Sie höchstens ${count} Zeichen.`,
  noteAdded: "Notiz hinzugefügt.",
  noteDeleted: "Notiz gelöscht.",
  notDeleted: (reason) => `Die Notiz wurde nicht gelöscht. ${reason}`,
  deleteNote: (text) => `Notiz löschen: ${text}`,

  ...datesIn("de"),
};

function datesIn(language: string): Pick<Words, "day" | "moment"> {
  const days = new Intl.DateTimeFormat(language, { dateStyle: "long" });
  const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return {
    day: (iso) => days.format(new Date(iso)),
    moment: (iso) => moments.format(new Date(iso)),
  };
}
