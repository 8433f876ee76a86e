import { defineComponent, h, onMounted, shallowRef, useId } from "vue";
import type { SocialConnection } from "../../contract.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import {
  accountName,
  createConnections,
  pageHere,
  providerOf,
  providersIn,
} from "../../ui/connections.js";
import { reasonOf } from "../../ui/failure.js";
import { markOf } from "../../ui/marks.js";
import { socialEnglish } from "../../ui/social-english.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { useStore } from "../use-store.js";
import { drawing } from "./icon.js";
import { Modal } from "./modal.js";
import { ProviderButtons } from "./provider-buttons.js";
import { problem as problemBox, trouble as troubleBox, waiting } from "./status.js";
import { useTextsWith } from "./texts.js";

export interface ConnectedAccountsProps {
  /** The path to come back to with another account. Otherwise it is that of the page. */
  next?: string | undefined;
}

/**
 * The accounts elsewhere by which one signs in: connect another, disconnect one; nothing while nobody
 * is signed in. Both want a fresh proof.
 */
export const ConnectedAccounts = defineComponent<ConnectedAccountsProps, []>(
  (props) => {
    const session = useSession();
    return () => {
      const { value: now } = session;
      if (now.status !== "authenticated") return null;
      // A key per user: nothing of the last one stays on screen.
      return h(Accounts, { key: now.user.id, next: props.next });
    };
  },
  { name: "ConnectedAccounts", props: ["next"] },
);

const Accounts = defineComponent<ConnectedAccountsProps, []>(
  (props) => {
    const words = useTextsWith(socialEnglish);
    const connections = createConnections(useAuth());
    const state = useStore(connections);
    const asked = shallowRef<SocialConnection>();
    const title = shallowRef<HTMLElement | null>(null);
    const id = useId();
    const keep = () => {
      asked.value = undefined;
    };

    onMounted(() => {
      prepareAnnouncer();
      return connections.load();
    });

    async function disconnect(connection: SocialConnection) {
      // First: a dialog that asks for a proof comes over the page, and the focus goes back to it.
      keep();
      // The button that had the focus is gone.
      if (await connections.disconnect(connection, () => words.value)) title.value?.focus();
    }

    function item(each: SocialConnection) {
      const texts = words.value;
      const { busy } = state.value;
      const { name, icon } = providerOf(each, state.value);
      const attributes = {
        type: "button",
        class: "spa-button",
        "aria-label": texts.disconnectThis(accountName(each, state.value)),
        "aria-busy": busy === each.id,
        onClick: () => {
          asked.value = busy ? undefined : each;
        },
      };
      return h("li", { key: each.id }, [
        drawing(markOf(icon)),
        h("div", { class: "spa-item" }, [
          h("p", name),
          each.address ? h("p", each.address) : null,
          h("p", texts.connectedAt(texts.moment(each.createdAt))),
          h("p", texts.lastUsedAt(texts.moment(each.lastUsedAt))),
        ]),
        h("button", attributes, busy === each.id ? texts.disconnecting : texts.disconnect),
      ]);
    }

    function dialog(each: SocialConnection) {
      const texts = words.value;
      const title = texts.disconnectQuestion(accountName(each, state.value));
      const { name } = providerOf(each, state.value);
      const button = { type: "button", class: "spa-button" };
      const danger = {
        ...button,
        class: "spa-button spa-danger",
        onClick: () => disconnect(each),
      };
      return h(
        Modal,
        { title, role: "alertdialog", onDismiss: keep },
        {
          about: () => texts.disconnectMeans(name),
          default: () =>
            h("div", { class: "spa-form-foot" }, [
              h("button", { ...button, onClick: keep }, texts.keepConnected),
              h("button", danger, texts.disconnect),
            ]),
        },
      );
    }

    return () => {
      const texts = words.value;
      const { list, trouble, problem } = state.value;
      const more = providersIn(state.value, false);
      const options = { connect: true, next: props.next ?? pageHere() };
      return h("section", { class: "spa-list", "aria-labelledby": id }, [
        h("h2", { id, ref: title, tabindex: -1 }, texts.connectedAccounts),
        list || trouble ? null : waiting(texts.loadingConnected),
        trouble ? troubleBox(trouble, texts, () => void connections.load()) : null,
        problem ? problemBox(reasonOf(problem, texts)) : null,
        list?.length === 0 ? h("p", texts.noneConnected) : null,
        list && list.length > 0 ? h("ul", list.map(item)) : null,
        list && more.length > 0
          ? h(ProviderButtons, { providers: more, label: texts.connect, options })
          : null,
        asked.value ? dialog(asked.value) : null,
      ]);
    };
  },
  { name: "ConnectedAccountsList", props: ["next"] },
);
