import { useRef, useState } from "react";
import { announce } from "../announcer";
import { listDevices, signOutDevice, signOutOthers } from "../api";
import { type Answer, type Device, Outage } from "../auth";
import { AlertIcon, ComputerIcon, PhoneIcon } from "../layout/icons";
import { Page } from "../layout/page";
import { Trouble } from "../layout/trouble";
import { Waiting } from "../layout/waiting";
import { useResource } from "../use-resource";
import { deviceName, explain, moment } from "../words";

export function Devices() {
  const { resource, retry, change } = useResource(listDevices);
  const [problem, setProblem] = useState("");
  const title = useRef<HTMLHeadingElement>(null);

  function tell(words: string) {
    announce(words);
    // The button that had the focus is gone.
    title.current?.focus();
  }

  function refuse(reason: string) {
    setProblem(reason);
    announce(reason);
  }

  async function endOne(device: Device) {
    setProblem("");
    const { reason } = await attempt(() => signOutDevice(device.id));
    if (reason) return refuse(reason);
    change((devices) => devices.filter(({ id }) => id !== device.id));
    tell(`Signed out: ${deviceName(device)}.`);
  }

  async function endOthers() {
    setProblem("");
    const { reason, data } = await attempt(signOutOthers);
    if (!data) return refuse(reason);
    change(() => data);
    tell("You are signed out everywhere else.");
  }

  return (
    <Page title="Devices" className="narrow">
      <p className="lead">Where you are signed in. If you do not know one, sign it out.</p>
      <section className="devices-section" aria-labelledby="devices-title">
        <h2 id="devices-title" ref={title} tabIndex={-1}>
          {resource.status === "ready" ? counted(resource.data.length) : "Your devices"}
        </h2>
        {problem && (
          <div className="alert">
            <AlertIcon />
            <p>{problem}</p>
          </div>
        )}
        {resource.status === "loading" && <Waiting what="your devices" />}
        {resource.status === "failed" && <Trouble message={resource.message} onRetry={retry} />}
        {resource.status === "ready" && (
          <>
            <ul className="devices">
              {resource.data.map((device) => (
                <DeviceItem key={device.id} device={device} onEnd={() => endOne(device)} />
              ))}
            </ul>
            {resource.data.length > 1 && (
              <p className="devices-foot">
                <BusyButton label="Sign out everywhere else" onPress={endOthers} />
              </p>
            )}
          </>
        )}
      </section>
    </Page>
  );
}

function DeviceItem({ device, onEnd }: { device: Device; onEnd: () => Promise<void> }) {
  const name = deviceName(device);
  const { kind } = device.device;
  return (
    <li>
      {kind === "mobile" || kind === "tablet" ? <PhoneIcon /> : <ComputerIcon />}
      <div className="device-facts">
        <p>{name}</p>
        <p>
          {device.address ?? "Address not known"}, signed in {moment(device.createdAt)} with{" "}
          {device.proofs.join(" and ") || "another way in"}
        </p>
        <p>Last seen {moment(device.lastSeenAt)}</p>
      </div>
      {device.current ? (
        <span className="badge badge-good">This device</span>
      ) : (
        <BusyButton label="Sign out" what={name} onPress={onEnd} />
      )}
    </li>
  );
}

interface BusyButtonProps {
  label: string;
  /** What it acts on, for those who do not see what it stands beside. */
  what?: string;
  onPress: () => Promise<void>;
}

function BusyButton({ label, what, onPress }: BusyButtonProps) {
  const [busy, setBusy] = useState(false);

  async function press() {
    if (busy) return;
    setBusy(true);
    await onPress();
    setBusy(false);
  }

  return (
    <button
      type="button"
      className="button small"
      aria-label={what && `${label}: ${what}`}
      aria-busy={busy}
      onClick={press}
    >
      {busy ? "Signing out" : label}
    </button>
  );
}

/** What came of it. A device that is gone already is signed out all the same. */
async function attempt<Data>(
  act: () => Promise<Answer<Data>>,
): Promise<{ reason: string; data?: Data | undefined }> {
  try {
    const { data, error } = await act();
    return { reason: error && error.code !== "not_found" ? error.detail : "", data };
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    return { reason: `Nothing was signed out. ${explain(error)}` };
  }
}

function counted(count: number): string {
  return count === 1 ? "1 device" : `${count} devices`;
}
