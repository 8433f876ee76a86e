import { defineComponent, h } from "vue";

export interface SubmitButtonProps {
  label: string;
  busyLabel: string;
  busy: boolean;
  waiting?: boolean;
}

/** Never `disabled`: that would throw the focus away. The form refuses a second submission. */
export const SubmitButton = defineComponent(
  (props: SubmitButtonProps) => () => {
    const { label, busyLabel, busy, waiting } = props;
    return h(
      "button",
      {
        type: "submit",
        class: "spa-button spa-primary",
        "aria-busy": busy,
        "aria-disabled": busy || waiting,
      },
      [
        busy ? h("span", { class: "spa-spinner", "aria-hidden": "true" }) : null,
        busy ? busyLabel : label,
      ],
    );
  },
  {
    name: "SubmitButton",
    props: {
      label: { type: String, required: true },
      busyLabel: { type: String, required: true },
      busy: Boolean,
      waiting: Boolean,
    },
  },
);
