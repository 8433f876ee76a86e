import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { ListedSession } from "../../contract.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createDevices, nameOf, problemOf } from "../../ui/devices.js";
import { devicesEnglish } from "../../ui/devices-english.js";
import { deviceIcon } from "../../ui/icons.js";
import { useAuth } from "../provider.js";
import { useStore } from "../use-store.js";
import { Icon } from "./icon.js";
import { Problem, Trouble, Waiting } from "./status.js";
import { useTexts, useTextsWith } from "./texts.js";
import { useLatest } from "./use-form.js";

/** Where the person is signed in; each of them, or all others, can be signed out. */
export function DeviceList(): ReactNode {
  const auth = useAuth();
  const texts = useTextsWith(devicesEnglish);
  const latest = useLatest(texts);
  const [devices] = useState(() => createDevices(auth, () => latest.current));
  const { list, trouble, problem, busy } = useStore(devices);
  const title = useRef<HTMLHeadingElement>(null);
  const id = useId();

  useEffect(() => {
    prepareAnnouncer();
    void devices.load();
  }, [devices]);

  async function end(ending: Promise<boolean>) {
    // The button that had the focus is gone.
    if (await ending) title.current?.focus();
  }

  return (
    <section className="spa-list" aria-labelledby={id}>
      <h2 id={id} ref={title} tabIndex={-1}>
        {list ? texts.countedDevices(list.length) : texts.devices}
      </h2>
      {!list && !trouble && <Waiting text={texts.loadingDevices} />}
      {trouble && <Trouble why={trouble} onRetry={() => void devices.load()} />}
      {problem && <Problem text={problemOf(problem, texts)} />}
      {list && (
        <ul>
          {list.map((device) => (
            <DeviceItem
              key={device.id}
              device={device}
              busy={busy === device.id}
              onEnd={() => void end(devices.end(device))}
            />
          ))}
        </ul>
      )}
      {list && list.length > 1 && (
        <BusyButton
          label={texts.signOutOthers}
          busy={busy === "others"}
          onPress={() => void end(devices.endOthers())}
        />
      )}
    </section>
  );
}

interface DeviceItemProps {
  device: ListedSession;
  busy: boolean;
  onEnd: () => void;
}

function DeviceItem({ device, busy, onEnd }: DeviceItemProps) {
  const texts = useTextsWith(devicesEnglish);
  const name = nameOf(device, texts);
  return (
    <li>
      <Icon name={deviceIcon(device.device.kind)} />
      <div className="spa-item">
        <p>{name}</p>
        <p>{texts.signedInAt(device.address, texts.moment(device.createdAt), device.proofs)}</p>
        <p>
          <time dateTime={device.lastSeenAt} title={texts.moment(device.lastSeenAt)}>
            {texts.lastSeenAt(texts.ago(device.lastSeenAt))}
          </time>
        </p>
      </div>
      {device.current ? (
        <span className="spa-badge">{texts.thisDevice}</span>
      ) : (
        <BusyButton
          label={texts.signOut}
          name={texts.signOutDevice(name)}
          busy={busy}
          onPress={onEnd}
        />
      )}
    </li>
  );
}

interface BusyButtonProps {
  label: string;
  /** For those who do not see what it stands beside. */
  name?: string;
  busy: boolean;
  onPress: () => void;
}

function BusyButton({ label, name, busy, onPress }: BusyButtonProps) {
  const { signingOut } = useTexts();
  return (
    <button
      type="button"
      className="spa-button"
      aria-label={name}
      aria-busy={busy}
      onClick={onPress}
    >
      {busy ? signingOut : label}
    </button>
  );
}
