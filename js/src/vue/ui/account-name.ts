import { h, type VNode } from "vue";

/** So that a password manager knows whose password it is to keep. */
export function accountName(value: string): VNode {
  return h("input", {
    class: "spa-visually-hidden",
    type: "text",
    name: "username",
    autocomplete: "username",
    value,
    readonly: true,
    tabindex: -1,
    "aria-hidden": true,
  });
}
