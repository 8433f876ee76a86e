import { h, type VNode } from "vue";
import { type IconName, icons } from "../../ui/icons.js";

export function icon(name: IconName): VNode {
  return drawing(icons[name]);
}

export function drawing(path: string): VNode {
  const attributes = { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" };
  return h("svg", { class: "spa-icon", ...attributes }, h("path", { d: path }));
}
