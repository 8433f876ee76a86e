import { vi } from "vitest";

export interface Saved {
  name: string;
  type: string | undefined;
  text: () => Promise<string | undefined>;
}

/** Takes what a page saves as a file. Says, too, how many object URLs are left. */
export function stubFiles() {
  const saved: Saved[] = [];
  const urls = new Map<string, Blob>();

  vi.stubGlobal(
    "URL",
    class extends URL {
      static override createObjectURL(file: Blob): string {
        const url = `blob:${location.origin}/${saved.length}`;
        urls.set(url, file);
        return url;
      }
      static override revokeObjectURL(url: string): void {
        urls.delete(url);
      }
    },
  );
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    const file = urls.get(this.href);
    saved.push({ name: this.download, type: file?.type, text: async () => file?.text() });
  });
  return { saved, left: () => urls.size };
}
