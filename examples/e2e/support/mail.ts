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
  // The text part comes first.
  const body = text.slice(text.indexOf("Content-Type: text/plain"));
  const [link = ""] = /https?:\/\/\S+/.exec(body) ?? [];
  const [code = ""] = /^\d{6}$/m.exec(body) ?? [];
  const [, subject = ""] = /^Subject: (.*)$/m.exec(text) ?? [];
  expect(link || code, "a mail without a link or a code").not.toBe("");
  return { subject: decoded(subject), link, code };
}

/** A header as people read it: letters outside ASCII are written as `=?utf-8?q?=C3=9F?=`, RFC 2047. */
function decoded(header: string): string {
  return header.replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, text: string) => {
    const bytes = text
      .replaceAll("_", " ")
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  });
}
