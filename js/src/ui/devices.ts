import type { Answer } from "../answer.js";
import type { Auth } from "../auth.js";
import type { ListedSession, SessionList } from "../contract.js";
import { Outage } from "../outage.js";
import { createStore, type Store } from "../store.js";
import { announce } from "./announcer.js";
import { attempt, reasonOf, type Why } from "./failure.js";
import type { DeviceTexts, Texts } from "./texts.js";

export interface DevicesState {
  /** Nothing before the first answer. */
  list: readonly ListedSession[] | undefined;
  /** Why the list could not be read. */
  trouble: Why | undefined;
  /** Why the last sign-out did not work. */
  problem: Why | undefined;
  /** What is being signed out: the id of a session, or `others`. */
  busy: string | undefined;
}

export interface Devices extends Pick<Store<DevicesState>, "get" | "getServer" | "subscribe"> {
  load: () => Promise<void>;
  /** Sign one out. Resolves to whether it is gone. */
  end: (device: ListedSession) => Promise<boolean>;
  endOthers: () => Promise<boolean>;
}

const START: DevicesState = {
  list: undefined,
  trouble: undefined,
  problem: undefined,
  busy: undefined,
};

/** Where the person is signed in, and what can be done about it. */
export function createDevices(auth: Auth, texts: () => Texts & DeviceTexts): Devices {
  const store = createStore(START);
  const change = (part: Partial<DevicesState>) => store.set({ ...store.get(), ...part });

  async function load(): Promise<void> {
    store.set(START);
    const { data, error } = await attempt(() => auth.sessions.list());
    change(data ? { list: data.sessions } : { trouble: error });
  }

  async function end(device: ListedSession): Promise<boolean> {
    const { list = [] } = store.get();
    const rest = list.filter(({ id }) => id !== device.id);
    return act(device.id, device, async () => {
      const answer = await auth.sessions.revoke(device.id);
      // A device that is gone already is signed out all the same.
      return answer.error?.code === "not_found" || answer.data
        ? { data: { sessions: rest }, error: undefined }
        : answer;
    });
  }

  async function act(
    busy: string,
    device: ListedSession | undefined,
    send: () => Promise<Answer<SessionList>>,
  ): Promise<boolean> {
    if (store.get().busy) return false;
    change({ busy, problem: undefined });
    const { data, error: problem } = await attempt(send);
    const now = texts();
    change({ busy: undefined, problem, ...(data && { list: data.sessions }) });
    if (problem) announce(problemOf(problem, now));
    else announce(device ? now.signedOutDevice(nameOf(device, now)) : now.signedOutOthers);
    return data !== undefined;
  }

  return {
    get: store.get,
    getServer: store.getServer,
    subscribe: store.subscribe,
    load,
    end,
    endOthers: () => act("others", undefined, () => auth.sessions.revokeOthers()),
  };
}

/** Words for why a sign-out did not work. */
export function problemOf(problem: Why, texts: Texts & DeviceTexts): string {
  const reason = reasonOf(problem, texts);
  return problem instanceof Outage ? texts.nothingSignedOut(reason) : reason;
}

/** What a device is called: its browser and system, as far as they are known. */
export function nameOf({ device }: ListedSession, texts: Texts): string {
  return texts.device(device.browser, device.system);
}
