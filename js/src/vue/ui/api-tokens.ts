import { defineComponent, h, onMounted, shallowRef, useId, type VNode, watch } from "vue";
import type { ListedToken, TokenList } from "../../contract.js";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { reasonOf } from "../../ui/failure.js";
import type { Texts, TokenTexts } from "../../ui/texts.js";
import { createTokens, describeToken } from "../../ui/tokens.js";
import { tokensEnglish } from "../../ui/tokens-english.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { useStore } from "../use-store.js";
import { icon } from "./icon.js";
import { MadeToken } from "./made-token.js";
import { Modal } from "./modal.js";
import { NewTokenForm } from "./new-token-form.js";
import { problem as problemBox, trouble as troubleBox, waiting } from "./status.js";
import { useTextsWith } from "./texts.js";

/** One's API tokens: make one, which is shown once, and revoke them. Nothing while nobody is signed in. */
export const ApiTokens = defineComponent<object, []>(
  () => {
    const session = useSession();
    return () => {
      const { value: now } = session;
      // A key per user: what was made for one is not for the next.
      return now.status === "authenticated" ? h(Tokens, { key: now.user.id }) : null;
    };
  },
  { name: "ApiTokens" },
);

const Tokens = defineComponent<object, []>(
  () => {
    const words = useTextsWith(tokensEnglish);
    const tokens = createTokens(useAuth(), () => words.value);
    const state = useStore(tokens);
    const asked = shallowRef<ListedToken>();
    const title = shallowRef<HTMLElement | null>(null);
    const id = useId();

    onMounted(() => {
      prepareAnnouncer();
      return tokens.load();
    });
    // A word of the page stands for its language, in which the server says what a token may.
    watch(() => words.value.abilities, tokens.load);

    const keep = () => {
      asked.value = undefined;
    };

    async function revoke(token: ListedToken) {
      keep();
      // The button that had the focus is gone.
      if (await tokens.revoke(token)) title.value?.focus();
    }

    function dialog(token: ListedToken) {
      const texts = words.value;
      const button = { type: "button", class: "spa-button" };
      const danger = { ...button, class: "spa-button spa-danger", onClick: () => revoke(token) };
      const modal = { title: texts.revokeQuestion(token.name), role: "alertdialog" } as const;
      return h(
        Modal,
        { ...modal, onDismiss: keep },
        {
          about: () => h("p", texts.revokeMeans),
          default: () =>
            h("div", { class: "spa-form-foot" }, [
              h("button", { ...button, onClick: keep }, texts.cancel),
              h("button", danger, texts.revoke),
            ]),
        },
      );
    }

    function listed(known: TokenList, busy: string | undefined) {
      if (known.tokens.length === 0) return null;
      const ask = (token: ListedToken) => () => {
        asked.value = token;
      };
      return h(
        "ul",
        known.tokens.map((token) => item(token, known, words.value, busy === token.id, ask(token))),
      );
    }

    function form({ abilities }: TokenList) {
      if (abilities.length === 0) return h("p", { class: "spa-hint" }, words.value.noAbilities);
      return h(NewTokenForm, { abilities, onMade: tokens.show });
    }

    return () => {
      const texts = words.value;
      const { known, made, trouble, problem, busy } = state.value;
      return h("div", { class: "spa-steps" }, [
        made ? h(MadeToken, { key: made.created.id, made, onDone: tokens.hide }) : null,
        h("section", { class: "spa-list", "aria-labelledby": id }, [
          h(
            "h2",
            { id, ref: title, tabindex: -1 },
            known ? texts.countedTokens(known.tokens.length) : texts.tokens,
          ),
          known || trouble ? null : waiting(texts.loadingTokens),
          trouble ? troubleBox(trouble, texts, () => void tokens.load()) : null,
          problem ? problemBox(reasonOf(problem, texts)) : null,
          known ? listed(known, busy) : null,
        ]),
        known ? form(known) : null,
        asked.value ? dialog(asked.value) : null,
      ]);
    };
  },
  { name: "ApiTokenList" },
);

function item(
  token: ListedToken,
  known: TokenList,
  texts: Texts & TokenTexts,
  busy: boolean,
  ask: () => void,
): VNode {
  return h("li", { key: token.id }, [
    icon("key"),
    h("div", { class: "spa-item" }, [
      h("p", token.name),
      ...describeToken(token, known, texts).map((line) => h("p", line)),
    ]),
    h(
      "button",
      {
        type: "button",
        class: "spa-button",
        "aria-label": texts.revokeToken(token.name),
        "aria-busy": busy,
        onClick: ask,
      },
      busy ? texts.revoking : texts.revoke,
    ),
  ]);
}
