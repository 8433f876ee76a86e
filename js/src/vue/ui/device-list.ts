import { defineComponent, h, onMounted, shallowRef, useId, type VNode } from "vue";
import type { ListedSession } from "../../contract.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createDevices, nameOf, problemOf } from "../../ui/devices.js";
import { devicesEnglish } from "../../ui/devices-english.js";
import { deviceIcon } from "../../ui/icons.js";
import type { DeviceTexts, Texts } from "../../ui/texts.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { icon } from "./icon.js";
import { problem as problemBox, trouble as troubleBox, waiting } from "./status.js";
import { useTextsWith } from "./texts.js";

/** Where the person is signed in; each of them, or all others, can be signed out. */
export const DeviceList = defineComponent<object, []>(
  () => {
    const words = useTextsWith(devicesEnglish);
    const devices = createDevices(useAuth(), () => words.value);
    const state = useStore(devices);
    const title = shallowRef<HTMLElement | null>(null);
    const id = useId();

    onMounted(() => {
      prepareAnnouncer();
      return devices.load();
    });

    async function end(ending: Promise<boolean>) {
      // The button that had the focus is gone.
      if (await ending) title.value?.focus();
    }

    return () => {
      const texts = words.value;
      const { list, trouble, problem, busy } = state.value;
      const endAll = () => end(devices.endOthers());
      return h("section", { class: "spa-list", "aria-labelledby": id }, [
        h(
          "h2",
          { id, ref: title, tabindex: -1 },
          list ? texts.countedDevices(list.length) : texts.devices,
        ),
        list || trouble ? null : waiting(texts.loadingDevices),
        trouble ? troubleBox(trouble, texts, () => void devices.load()) : null,
        problem ? problemBox(problemOf(problem, texts)) : null,
        list
          ? h(
              "ul",
              list.map((device) =>
                item(device, texts, busy === device.id, () => end(devices.end(device))),
              ),
            )
          : null,
        list && list.length > 1
          ? ending(texts.signOutOthers, texts, busy === "others", endAll)
          : null,
      ]);
    };
  },
  { name: "DeviceList" },
);

function item(
  session: ListedSession,
  texts: Texts & DeviceTexts,
  busy: boolean,
  end: () => void,
): VNode {
  const { id, current, device, address, createdAt, lastSeenAt, proofs } = session;
  const name = nameOf(session, texts);
  const seen = { datetime: lastSeenAt, title: texts.moment(lastSeenAt) };
  return h("li", { key: id }, [
    icon(deviceIcon(device.kind)),
    h("div", { class: "spa-item" }, [
      h("p", name),
      h("p", texts.signedInAt(address, texts.moment(createdAt), proofs)),
      h("p", h("time", seen, texts.lastSeenAt(texts.ago(lastSeenAt)))),
    ]),
    current
      ? h("span", { class: "spa-badge" }, texts.thisDevice)
      : ending(texts.signOut, texts, busy, end, texts.signOutDevice(name)),
  ]);
}

/** `name` is for those who do not see what the button stands beside. */
function ending(label: string, texts: Texts, busy: boolean, end: () => void, name?: string): VNode {
  return h(
    "button",
    {
      type: "button",
      class: "spa-button",
      "aria-label": name,
      "aria-busy": busy,
      onClick: end,
    },
    busy ? texts.signingOut : label,
  );
}
