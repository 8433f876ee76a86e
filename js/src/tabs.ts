/** What a tab tells the others: that something happened, never to whom. */
const NEWS = ["signedIn", "signedOut", "userChanged", "expired", "updated"] as const;

export type News = (typeof NEWS)[number];

export interface Tabs {
  connect: () => void;
  disconnect: () => void;
  announce: (news: News) => void;
}

/** Agreement between the tabs of one browser. A message that is none of ours is ignored. */
export function createTabs(name: string, onNews: (news: News) => void): Tabs {
  let channel: BroadcastChannel | undefined;

  return {
    connect() {
      if (typeof BroadcastChannel === "undefined") return;
      channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }) => {
        const news = NEWS.find((known) => known === data);
        if (news) onNews(news);
      };
    },
    disconnect() {
      channel?.close();
      channel = undefined;
    },
    announce(news) {
      channel?.postMessage(news);
    },
  };
}
