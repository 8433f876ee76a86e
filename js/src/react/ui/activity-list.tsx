import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { ActivityEntry } from "../../contract.js";
import { createActivity, placeOf } from "../../ui/activity.js";
import { activityEnglish } from "../../ui/activity-english.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { deviceIcon } from "../../ui/icons.js";
import { useAuth } from "../provider.js";
import { useStore } from "../use-store.js";
import { Icon } from "./icon.js";
import { Trouble, Waiting } from "./status.js";
import { useTextsWith } from "./texts.js";
import { useLatest } from "./use-form.js";

/** What happened to the account, the newest first. Needs the room `spa_auth.audit` on the server. */
export function ActivityList(): ReactNode {
  const auth = useAuth();
  const texts = useTextsWith(activityEnglish);
  const latest = useLatest(texts);
  const [activity] = useState(() => createActivity(auth, () => latest.current));
  const { entries, next, problem, busy } = useStore(activity);
  const list = useRef<HTMLUListElement>(null);
  const [seen, setSeen] = useState<number>();
  const id = useId();

  useEffect(() => {
    prepareAnnouncer();
    void activity.load();
  }, [activity]);

  // The button may be gone, and reading goes on with the first of the new ones.
  useEffect(() => {
    if (seen !== undefined) list.current?.querySelectorAll("li")[seen]?.focus();
  }, [seen]);

  return (
    <section className="spa-list" aria-labelledby={id}>
      <h2 id={id}>{texts.activity}</h2>
      {!entries && !problem && <Waiting text={texts.loadingActivity} />}
      {entries?.length === 0 && <p>{texts.noActivity}</p>}
      {entries && entries.length > 0 && (
        <ul ref={list}>
          {entries.map((entry) => (
            <Happened key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      {problem && (
        <Trouble
          why={problem}
          onRetry={() => void (entries ? activity.more().then(setSeen) : activity.load())}
        />
      )}
      {next && !problem && (
        <button
          type="button"
          className="spa-button"
          aria-busy={busy}
          onClick={() => void activity.more().then(setSeen)}
        >
          {busy ? texts.loadingMore : texts.showMore}
        </button>
      )}
    </section>
  );
}

function Happened({ entry }: { entry: ActivityEntry }) {
  const texts = useTextsWith(activityEnglish);
  const place = placeOf(entry, texts);
  return (
    <li tabIndex={-1}>
      <Icon name={entry.outcome === "refused" ? "alert" : deviceIcon(entry.device.kind)} />
      <div className="spa-item">
        <p>{texts.happened(entry.kind, entry.outcome)}</p>
        <p>
          <time dateTime={entry.at}>{texts.moment(entry.at)}</time>
        </p>
        {place && <p>{place}</p>}
      </div>
      {entry.current && <span className="spa-badge">{texts.thisDevice}</span>}
    </li>
  );
}
