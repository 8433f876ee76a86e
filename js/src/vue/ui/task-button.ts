import { h, type VNodeArrayChildren } from "vue";
import type { ShownTask } from "../../ui/task.js";
import { icon } from "./icon.js";
import { problem as problemBox } from "./status.js";

export interface TaskButtonOptions {
  task: ShownTask;
  look: "spa-primary" | "spa-danger";
  label: string;
  busyLabel: string;
  press: () => void;
}

/** A button with what it has done, or why it did not work. */
export function taskButton({
  task,
  look,
  label,
  busyLabel,
  press,
}: TaskButtonOptions): VNodeArrayChildren {
  const { busy, problem, status } = task;
  const state = { "aria-busy": busy, "aria-disabled": busy, onClick: press };
  return [
    problem ? problemBox(problem) : null,
    h("div", { class: "spa-form-foot" }, [
      h("button", { type: "button", class: ["spa-button", look], ...state }, [
        busy ? h("span", { class: "spa-spinner", "aria-hidden": "true" }) : null,
        busy ? busyLabel : label,
      ]),
      status ? h("span", { class: "spa-saved" }, [icon("check"), status]) : null,
    ]),
  ];
}
