import { h, type VNode } from "vue";
import { reasonOf, type Why } from "../../ui/failure.js";
import type { Texts } from "../../ui/texts.js";
import { icon } from "./icon.js";

/** What is shown before the first answer. */
export function waiting(text: string): VNode {
  return h("p", { class: "spa-waiting" }, [
    h("span", { class: "spa-spinner", "aria-hidden": "true" }),
    text,
  ]);
}

/** Why something did not work. */
export function problem(text: string): VNode {
  return h("div", { class: "spa-alert" }, [icon("alert"), h("p", text)]);
}

/** Why something could not be read, and the way to try again. */
export function trouble(why: Why, texts: Texts, retry: () => void): VNode {
  return h("div", { class: "spa-alert", role: "alert" }, [
    icon("alert"),
    h("div", { class: "spa-alert-body" }, [
      h("p", reasonOf(why, texts)),
      h("button", { type: "button", class: "spa-button", onClick: retry }, texts.tryAgain),
    ]),
  ]);
}
