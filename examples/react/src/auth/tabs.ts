const CHANGED = "changed";

export interface Tabs {
  connect: () => void;
  disconnect: () => void;
  /** Tell the other tabs. The message says that something changed, never what. */
  announce: () => void;
}

export interface TabsOptions {
  name: string;
  /** Another tab signed in, out, or changed the user. */
  onChange: () => void;
  /** The page came back from the back/forward cache, as it was when it was left. */
  onRestore: () => void;
}

/** Agreement between the tabs of one browser. */
export function createTabs({ name, onChange, onRestore }: TabsOptions): Tabs {
  let channel: BroadcastChannel | undefined;

  const restored = (event: PageTransitionEvent) => {
    if (event.persisted) onRestore();
  };

  return {
    connect() {
      channel = typeof BroadcastChannel === "undefined" ? undefined : openChannel();
      addEventListener("pageshow", restored);
    },
    disconnect() {
      removeEventListener("pageshow", restored);
      channel?.close();
      channel = undefined;
    },
    announce() {
      channel?.postMessage(CHANGED);
    },
  };

  function openChannel(): BroadcastChannel {
    const opened = new BroadcastChannel(name);
    opened.onmessage = ({ data }) => {
      if (data === CHANGED) onChange();
    };
    return opened;
  }
}
