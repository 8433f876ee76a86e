import { defineComponent, h, nextTick, onMounted, shallowRef, useId, type VNode } from "vue";
import type { ActivityEntry } from "../../contract.js";
import { createActivity, placeOf } from "../../ui/activity.js";
import { activityEnglish } from "../../ui/activity-english.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { deviceIcon } from "../../ui/icons.js";
import type { ActivityTexts, Texts } from "../../ui/texts.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { icon } from "./icon.js";
import { trouble, waiting } from "./status.js";
import { useTextsWith } from "./texts.js";

/** What happened to the account, the newest first. Needs the room `spa_auth.audit` on the server. */
export const ActivityList = defineComponent<object, []>(
  () => {
    const words = useTextsWith(activityEnglish);
    const activity = createActivity(useAuth(), () => words.value);
    const state = useStore(activity);
    const list = shallowRef<HTMLElement | null>(null);
    const id = useId();

    onMounted(() => {
      prepareAnnouncer();
      return activity.load();
    });

    // The button may be gone, and reading goes on with the first of the new ones.
    async function more() {
      const seen = await activity.more();
      await nextTick();
      if (seen !== undefined) list.value?.querySelectorAll("li")[seen]?.focus();
    }

    return () => {
      const texts = words.value;
      const { entries, next, problem, busy } = state.value;
      const retry = () => void (entries ? more() : activity.load());
      return h("section", { class: "spa-list", "aria-labelledby": id }, [
        h("h2", { id }, texts.activity),
        entries || problem ? null : waiting(texts.loadingActivity),
        entries?.length === 0 ? h("p", texts.noActivity) : null,
        entries && entries.length > 0
          ? h(
              "ul",
              { ref: list },
              entries.map((entry) => happened(entry, texts)),
            )
          : null,
        problem ? trouble(problem, texts, retry) : null,
        next && !problem
          ? h(
              "button",
              { type: "button", class: "spa-button", "aria-busy": busy, onClick: more },
              busy ? texts.loadingMore : texts.showMore,
            )
          : null,
      ]);
    };
  },
  { name: "ActivityList" },
);

function happened(entry: ActivityEntry, texts: Texts & ActivityTexts): VNode {
  const { id, kind, outcome, at, current, device } = entry;
  const place = placeOf(entry, texts);
  return h("li", { key: id, tabindex: -1 }, [
    icon(outcome === "refused" ? "alert" : deviceIcon(device.kind)),
    h("div", { class: "spa-item" }, [
      h("p", texts.happened(kind, outcome)),
      h("p", h("time", { datetime: at }, texts.moment(at))),
      place ? h("p", place) : null,
    ]),
    current ? h("span", { class: "spa-badge" }, texts.thisDevice) : null,
  ]);
}
