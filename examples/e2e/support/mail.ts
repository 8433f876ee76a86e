import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "./fixtures";
import { mailFolder } from "./places";

export interface Letter {
  subject: string;
  /** The link that it is about, or nothing. */
  link: string;
  /** Six digits, or nothing. */
  code: string;
}

const SECONDS = 15;

/** Every mail that this worker's product has sent to an address, oldest first. */
export function lettersTo(address: string): Letter[] {
  return (
    files()
      .map((name) => join(mailFolder(), name))
      // Their names tell seconds.
      .map((path) => ({ path, at: statSync(path, { bigint: true }).mtimeNs }))
      .sort((one, other) => (one.at < other.at ? -1 : 1))
      .map(({ path }) => readFileSync(path, "utf8"))
      .filter((text) => text.includes(`\nTo: ${address}\n`))
      .map(read)
  );
}

/** The mail that is the number `count` to an address; it may be on its way. */
export function letterTo(address: string, count: number): Promise<Letter> {
  return awaited(() => lettersTo(address)[count - 1], `Mail ${count} to ${address}`);
}

/** The mail to an address with this subject, or the number `count` of several. */
export function letterAbout(subject: string, address: string, count = 1): Promise<Letter> {
  const all = () => lettersTo(address).filter((letter) => letter.subject === subject);
  return awaited(() => all()[count - 1], `Mail ${count} to ${address}, "${subject}",`);
}

async function awaited(find: () => Letter | undefined, what: string): Promise<Letter> {
  for (let left = SECONDS * 10; left > 0; left -= 1) {
    const letter = find();
    if (letter) return letter;
    await wait(100);
  }
  throw new Error(`${what} did not come in ${SECONDS} seconds`);
}

function files(): string[] {
  try {
    return readdirSync(mailFolder());
  } catch {
    // The first mail makes the folder.
    return [];
  }
}

function read(text: string): Letter {
  const body = textOf(text);
  const [link = ""] = /https?:\/\/\S+/.exec(body) ?? [];
  const [code = ""] = /^\d{6}$/m.exec(body) ?? [];
  // A long one goes on in lines that begin with a space.
  const [, subject = ""] = /^Subject: (.*(?:\n[ \t].*)*)$/m.exec(text) ?? [];
  expect(link || code, "a mail without a link or a code").not.toBe("");
  return { subject: decoded(subject), link, code };
}

/** The text of a mail as people read it. It comes before the HTML, in one of the encodings of RFC 2045. */
function textOf(mail: string): string {
  const part = mail.slice(mail.indexOf("Content-Type: text/plain"));
  const end = part.search(/\n--/);
  const [head = "", ...rest] = part.slice(0, end < 0 ? undefined : end).split("\n\n");
  const body = rest.join("\n\n");
  const [, encoding = ""] = /^Content-Transfer-Encoding: (\S+)$/im.exec(head) ?? [];
  switch (encoding.toLowerCase()) {
    case "base64":
      return Buffer.from(body, "base64").toString("utf8");
    case "quoted-printable":
      return unquoted(body.replaceAll("=\n", ""));
    default:
      return body;
  }
}

/** A header as people read it: outside ASCII it has words such as `=?utf-8?q?=C3=9F?=`, RFC 2047. */
function decoded(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/\n(?=[ \t])/g, "")
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("utf8")
        : unquoted(word.replaceAll("_", " ")),
    );
}

/** Text whose bytes outside ASCII are written as `=C3`. */
function unquoted(text: string): string {
  const bytes = Buffer.from(text, "utf8")
    .toString("latin1")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
