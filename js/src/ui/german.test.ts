import { expect, test } from "vitest";
import { english } from "./all-english.js";
import { german } from "./german.js";
import type { AllTexts } from "./texts.js";

const DEVICE = ["Firefox 153", "Linux"] as const;
const MAIL = "ada@example.com";
const NOW = "02.01.2026, 10:00";

test.each([
  [german.anotherStep(["email"]), "Dieses Konto braucht noch einen Schritt: E-Mail."],
  [german.anotherStep(["social"]), "Dieses Konto braucht noch einen Schritt: verbundenes Konto."],
  [german.device(...DEVICE), "Firefox 153 unter Linux"],
  [
    german.tokenMay(["Notizen lesen", "Notizen schreiben"], "wxyz"),
    "Notizen lesen und Notizen schreiben. Endet auf wxyz",
  ],
  [german.tokenMadeAt(NOW, NOW), `Erstellt am ${NOW}, gültig bis ${NOW}`],
  [german.tokenMadeAt(NOW, null), `Erstellt am ${NOW}, gültig bis zum Widerruf`],
  [german.tokenUsedAt(NOW), `Zuletzt verwendet am ${NOW}`],
  [german.tokenUsedAt(null), "Nie verwendet"],
  [german.countedTokens(1), "1 API-Token"],
  [german.countedTokens(2), "2 API-Tokens"],
  [german.goodForDays(30), "30 Tage"],
  [german.goodForDays(null), "Bis ich es widerrufe"],
  [german.tokenMade("Backup"), "Neues Token: Backup"],
  [german.revokeToken("Backup"), "Widerrufen: Backup"],
  [german.revokeQuestion("Backup"), "Backup widerrufen?"],
  [german.revoked("Backup"), "Widerrufen: Backup."],
  [german.device(null, "Linux"), "Linux"],
  [german.device("Firefox 153", null), "Firefox 153"],
  [german.device(null, null), "Unbekanntes Gerät"],
  [
    german.signedInAt("192.0.2.1", NOW, ["password", "email"]),
    "192.0.2.1, angemeldet am 02.01.2026, 10:00 mit Passwort und E-Mail",
  ],
  [
    german.signedInAt(null, NOW, []),
    "IP-Adresse nicht bekannt, angemeldet am 02.01.2026, 10:00 auf anderem Weg",
  ],
  [german.deleteMeans(0, MAIL).at(-1), "Niemand kann es wiederherstellen."],
  [
    german.deleteMeans(1, MAIL).at(2),
    "1 Tag lang können Sie zurückkommen, mit dem Link in einer E-Mail an ada@example.com.",
  ],
  [
    german.deleteMeans(7, MAIL).at(2),
    "7 Tage lang können Sie zurückkommen, mit dem Link in einer E-Mail an ada@example.com.",
  ],
  [
    german.deleteMeans(7, null).at(2),
    "Sie können nicht selbst zurückkommen: Es gibt keine Adresse für eine E-Mail.",
  ],
  [
    german.deleteMeans(7, null).at(3),
    "Nach 7 Tagen wird Ihr Konto gelöscht, mit allem, was hier dazugehört.",
  ],
  [german.deleteNow(0), "Endgültig löschen"],
  [german.deleteNow(7), "Mein Konto löschen"],
  [german.deleted(0), "Ihr Konto ist gelöscht."],
  [german.deleted(7), "Sie sind abgemeldet, und Ihr Konto ist geschlossen."],
  [german.happened("sign_in", "refused"), "Anmeldung abgelehnt"],
  [german.happened("of_a_project", "done"), "of_a_project (done)"],
  [german.shownMore(1), "1 weiterer Eintrag wird angezeigt."],
  [german.stillSignedIn("Warten Sie."), "Sie sind noch angemeldet. Warten Sie."],
  [
    german.mailSentTo(MAIL),
    "Wenn es mit der Adresse ada@example.com ein Konto gibt, ist eine E-Mail unterwegs. Öffnen Sie den Link darin oder geben Sie hier den Code ein.",
  ],
  [
    german.mailComingTo(MAIL),
    "Eine E-Mail an ada@example.com ist unterwegs. Öffnen Sie den Link darin oder geben Sie hier den Code ein.",
  ],
  [
    german.mailComingTo(""),
    "Eine E-Mail an Ihre Adresse ist unterwegs. Öffnen Sie den Link darin oder geben Sie hier den Code ein.",
  ],
  [german.sendAgainIn("0:30"), "Neue E-Mail anfordern in 0:30"],
  [german.passwordSet("Ada"), "Ihr neues Passwort ist gespeichert. Angemeldet als Ada."],
  [german.addressNow(MAIL), "Ihre derzeitige Adresse: ada@example.com"],
  [german.lastSeenAt("vor 5 Minuten"), "Zuletzt aktiv: vor 5 Minuten"],
  [german.signOutDevice("iOS 18"), "Abmelden: iOS 18"],
  [german.signedOutDevice("iOS 18"), "Abgemeldet: iOS 18."],
  [german.nothingSignedOut("Warten Sie."), "Es wurde nichts abgemeldet. Warten Sie."],
  [german.signedInAs("Ada"), "Angemeldet als Ada."],
  [
    german.signedInAt("192.0.2.1", NOW, ["social"]),
    "192.0.2.1, angemeldet am 02.01.2026, 10:00 mit verbundenem Konto",
  ],
  [german.continueWith("Example"), "Weiter mit Example"],
  [german.confirmWith("Example"), "Mit Example bestätigen"],
  [german.goingTo("Example"), "Weiter zu Example"],
  [german.inWindow("Example"), "Im Fenster von Example geht es weiter."],
  [
    german.windowGone("Example"),
    "Das ist noch nicht fertig. Wenn das Fenster von Example geschlossen ist, beginnen Sie erneut.",
  ],
  [german.socialFailed("social.cancelled"), "Sie haben dort abgebrochen"],
  [german.socialFailed("of_tomorrow"), "Das hat nicht geklappt"],
  [german.connectedAt(NOW), "Verbunden am 02.01.2026, 10:00"],
  [german.lastUsedAt(NOW), "Zuletzt verwendet am 02.01.2026, 10:00"],
  [german.connect("Example"), "Example verbinden"],
  [german.disconnectThis("Example"), "Example trennen"],
  [german.disconnectQuestion("Example"), "Example trennen?"],
  [
    german.disconnectMeans("Example"),
    "Mit diesem Konto von Example können Sie sich hier nicht mehr anmelden, und alle Ihre anderen Geräte werden abgemeldet.",
  ],
  [german.disconnected("Example"), "Example ist getrennt."],
  [german.tryAgainIn("0:30"), "Erneut versuchen in 0:30"],
  [german.tryAgainAfter(1), "Sie können es in 1 Sekunde erneut versuchen."],
])("%s", (words, expected) => {
  expect(words).toBe(expected);
});

test.each([
  "cancelled",
  "state_mismatch",
  "refused",
  "email_unverified",
  "account_exists",
  "sign_up_closed",
  "already_connected",
  "last_way",
  "provider_unavailable",
])("social.%s has a title in both languages", (name) => {
  const titles = [english, german].map(({ socialFailed }) => socialFailed(`social.${name}`));
  const others = [english, german].map(({ socialFailed }) => socialFailed("of_tomorrow"));
  expect(new Set([...titles, ...others]).size).toBe(4);
});

test("every sentence that has no parts is there, is German, and ends as the English one", () => {
  const theirs = new Map(sentencesOf(english));
  for (const [key, words] of sentencesOf(german)) {
    expect(words, key).not.toBe("");
    expect(words, key).not.toBe(theirs.get(key));
    expect(words.endsWith("."), `the last stop of ${key}`).toBe(theirs.get(key)?.endsWith("."));
  }
});

function sentencesOf({ outage, ...texts }: AllTexts): [string, string][] {
  const all = Object.entries({ ...texts, ...outage });
  return all.flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : []));
}
