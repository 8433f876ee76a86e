/** Channels that deliver at once, so that no test waits for another thread. */
export class Channel {
  static open = new Set<Channel>();
  static sent: unknown[] = [];
  onmessage: ((event: { data: unknown }) => void) | undefined;
  constructor(readonly name: string) {
    Channel.open.add(this);
  }
  postMessage(data: unknown) {
    Channel.sent.push(data);
    for (const other of Channel.open) {
      if (other !== this && other.name === this.name) other.onmessage?.({ data });
    }
  }
  close() {
    Channel.open.delete(this);
  }
  static reset() {
    Channel.open.clear();
    Channel.sent = [];
  }
}
