import { grammarOf } from "./grammar";
import type { Words } from "./index";

export { german as texts } from "django-spa-auth/react";

const { number, count, list, day, moment } = grammarOf("de");

/** What the server calls a proof. A newer one may have more. */
const PROOFS: Readonly<Record<string, string>> = {
  password: "Passwort",
  email: "E-Mail",
  social: "verbundenes Konto",
};

export const words: Words = {
  shell: {
    language: "Sprache",
    skip: "Zum Inhalt springen",
    main: "Hauptmenü",
    home: "Start",
    notes: "Notizen",
    profile: "Profil",
    devices: "Geräte",
    activity: "Aktivität",
    signIn: "Anmelden",
    signedInAs: (name) => `Angemeldet als ${name}`,
    you: "Sie",
    footer:
      "Ein Beispiel für [django-spa-auth]. Sitzungen, Konten und Passwörter sind die von Django.",
    signInFirst: "Zuerst anmelden",
    notAvailable: "Nicht verfügbar",
    notAvailableNow: "Diese Seite ist gerade nicht verfügbar",
    cannotSay: "Der Server kann nicht sagen, ob Sie angemeldet sind.",
    loadingSession: "Ihre Sitzung wird geladen",
    loadingPage: "Diese Seite wird geladen",
    notLoaded: "Nicht geladen",
    couldNotLoad: "Diese Seite konnte nicht geladen werden",
    notAllOfIt: "Der Server hat nicht alles gesendet.",
    notFound: "Nicht gefunden",
    noSuchPage: "Diese Seite gibt es nicht",
    notFoundLead: "Vielleicht enthält die Adresse einen Tippfehler, oder die Seite ist umgezogen.",
    goHome: "Zur Startseite",
    forgotPassword: "Passwort vergessen?",
    signInByMail: "Per E-Mail anmelden",
    number,
    day,
    moment,
  },

  home: {
    homeHeading: "Djangos Sitzungen für eine Single-Page-App",
    homeLead:
      "Ein Beispiel für django-spa-auth: ein Frontend in React, das zum Anmelden Djangos eigene Konten, Sitzungen und dessen CSRF-Schutz nutzt und kein Token im Speicher des Browsers aufbewahrt.",
    yourSession: "Ihre Sitzung",
    nobody: "Niemand ist angemeldet",
    comeIn: "Kommen Sie herein und sehen Sie sich um",
    invitation:
      "Auf der Anmeldeseite gibt es ein Demokonto für Sie. Eine Anfrage genügt. Oder Sie [legen ein eigenes Konto an].",
    goToSignIn: "Zur Anmeldung",
    signedIn: "Angemeldet",
    hello: (name) => `Hallo ${name}`,
    memberSince: "Dabei seit",
    provedBy: "Nachweis",
    proofs: (names) => list(names.map((name) => PROOFS[name] ?? name)) || "eine andere Anmeldung",
    signedInAt: "Angemeldet am",
    endsBy: "Endet spätestens",
    claims: "Was dieses Beispiel zeigt",
    tryIt: "Ausprobieren",
    fewRequests: {
      title: "Drei Anfragen",
      text: "Eine fragt nach der Sitzung, eine nach den Anmeldewegen, eine meldet an. Die Antwort ist schon der neue Zustand, also wird nichts zweimal abgefragt.",
      try: "Sehen Sie bei der Anmeldung in die Netzwerkanalyse.",
    },
    nothingToSteal: {
      title: "Nichts zu stehlen",
      text: "Der Sitzungsschlüssel steht in einem Cookie, das kein Skript lesen kann. Das CSRF-Token bleibt im Arbeitsspeicher.",
      try: "Suchen Sie im Web-Speicher nach einem Token.",
    },
    guardedPages: {
      title: "Geschützte Seiten warten",
      text: "Kein Pixel ist zu sehen, bevor der Server gesagt hat, wer Sie sind. Danach kommen Sie dort an, wo Sie hinwollten.",
      try: "Melden Sie sich ab und öffnen Sie [Ihre Notizen].",
    },
    tabsAgree: {
      title: "Tabs sind sich einig",
      text: "Wer sich in einem Tab abmeldet, ist in allen abgemeldet. Weitergesagt wird nur, dass sich etwas geändert hat.",
      try: "Öffnen Sie diese Seite zweimal und melden Sie sich in einem Tab ab.",
    },
    refusal: {
      title: "Bei einer Ablehnung geht nichts verloren",
      text: "Falsches Passwort, vergebener Name, keine Verbindung: Die Seite sagt, was los ist, und Ihre Eingaben sind noch da.",
      try: "Halten Sie den Server an und speichern Sie Ihr Profil.",
    },
    oneSite: {
      title: "Eine Website, eine Sitzung",
      text: "Djangos Admin liegt hinter derselben Tür, mit denselben Grenzen für alle, die Passwörter raten.",
      try: "Öffnen Sie den [Admin], ohne angemeldet zu sein.",
    },
  },

  signIn: {
    withDjangoUser: "Mit einem Django-Konto.",
    needSignIn: (next) => `Um zu ${next} zu kommen, müssen Sie angemeldet sein.`,
    makeAccount: "Konto anlegen",
    demoAccount: "Demokonto",
    youAreSignedIn: "Sie sind angemeldet",
    askedForSignIn: (next) =>
      `${next} hat eine Anmeldung verlangt. Wenn Sie dort wieder abgewiesen werden, ist die Seite für dieses Konto nicht zugänglich: Melden Sie sich ab und kommen Sie mit einem anderen wieder.`,
    goTo: (next) => `Weiter zu ${next}`,
    loading: (what) => `${what} wird geladen`,
  },

  accounts: {
    oneButtonLeft: "Nur noch ein Klick.",
    linkAndCode: "Wir senden Ihnen eine E-Mail mit einem Link und einem Code.",
    newMail: "Neue E-Mail anfordern",
    withPassword: "Mit Passwort anmelden",
    signUp: "Registrieren",
    addressRight: "Ihre Adresse stimmt. Das fehlt noch:",
    mailToConfirm: "Wir senden Ihnen eine E-Mail, um Ihre Adresse zu bestätigen.",
    haveAccount: "Ich habe schon ein Konto",
    mailToChoose:
      "Wir senden Ihnen eine E-Mail mit einem Link, über den Sie ein neues Passwort wählen.",
    backToSignIn: "Zurück zur Anmeldung",
    chooseNewPassword: "Neues Passwort wählen",
    notWhole: "Dieser Link ist nicht vollständig. Öffnen Sie ihn noch einmal aus der E-Mail.",
    howYouAppear: "Wie Sie hier erscheinen.",
    account: "Konto",
    email: "E-Mail-Adresse",
    none: "Keine",
    emailStatus: "Status der Adresse",
    verified: "Bestätigt",
    notVerified: "Nicht bestätigt",
    changeAddress: "Adresse ändern",
    confirmAddress: "E-Mail-Adresse bestätigen",
    changePassword: "Passwort ändern",
    dataAndAccount: "Ihre Daten und Ihr Konto",
    browserSignedIn: "Sie müssen in diesem Browser angemeldet sein.",
    mailToNewAddress: "Zuerst geht eine E-Mail an die neue Adresse.",
    backToProfile: "Zurück zum Profil",
    bringBackAddress: "Alte Adresse wiederherstellen",
    password: "Passwort",
    somebodyKnows:
      "Kennt es vielleicht jemand anderes? [Sehen Sie nach], was in Ihrem Konto geschehen ist.",
    devicesLead: "Wo Sie angemeldet sind. Wenn Sie ein Gerät nicht kennen, melden Sie es ab.",
    apiTokens: "API-Tokens",
    tokensLead:
      "Damit handeln Ihre Programme in Ihrem Namen, soweit Sie es erlauben. Ihr Passwort sehen sie nie.",
    activityLead:
      "Was in Ihrem Konto geschehen ist. Waren Sie etwas davon nicht? [Wählen Sie ein anderes Passwort], damit werden Sie auch überall sonst abgemeldet. Oder [melden Sie sich nur überall sonst ab].",
    accountLead:
      "Womit Sie sich sonst noch anmelden, was über Sie gespeichert ist und wie Sie Ihr Konto löschen.",
    yourData: "Ihre Daten",
    dataLead:
      "Ihr Konto, wo Sie angemeldet sind, was geschehen ist und welche E-Mails an Sie gingen.",
    deleteAccount: "Konto löschen",
    bringBackAccount: "Konto wiederherstellen",
    toBeDeleted:
      "Ihr Konto soll gelöscht werden. Bis dahin können Sie es wiederherstellen, wie es war.",
  },

  notes: {
    loadingNotes: "Ihre Notizen werden geladen",
    notesLead: "Nur Sie können sie lesen.",
    yourNotes: "Ihre Notizen",
    countedNotes: (notes) => count(notes, { one: "# Notiz", other: "# Notizen" }),
    noNotes: "Noch keine Notizen. Schreiben Sie die erste.",
    addNote: "Notiz hinzufügen",
    adding: "Wird hinzugefügt",
    newNote: "Neue Notiz",
    upTo: (characters) => `Bis zu ${number(characters)} Zeichen.`,
    writeSomething: "Schreiben Sie zuerst etwas.",
    tooLong: (characters) => `Verwenden Sie höchstens ${number(characters)} Zeichen.`,
    noteAdded: "Notiz hinzugefügt.",
    noteDeleted: "Notiz gelöscht.",
    notDeleted: (reason) => `Die Notiz wurde nicht gelöscht. ${reason}`,
    deleteNote: (text) => `Notiz löschen: ${text}`,
  },
};
