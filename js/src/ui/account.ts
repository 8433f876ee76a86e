import type { AccountExport } from "../contract.js";

/** Milliseconds: a browser may read what is saved after the click that saves it. */
const READ_BY = 60_000;

/** Save the copy of what is held about somebody as a file. */
export function saveCopy(copy: AccountExport): void {
  const type = "application/json";
  const url = URL.createObjectURL(new Blob([JSON.stringify(copy, null, 2)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `account-${copy.exportedAt.slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_BY);
}
