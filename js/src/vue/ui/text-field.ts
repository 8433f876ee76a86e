import { defineComponent, h, type InputHTMLAttributes } from "vue";
import { type FieldAria, FieldFrame, type FieldProps, fieldProps } from "./field-frame.js";

/** Whatever else is given goes to the input. */
export interface TextFieldProps extends FieldProps, Omit<InputHTMLAttributes, "id" | "value"> {
  /** What the input holds at first. Later on it holds what was typed. */
  defaultValue?: string | undefined;
}

/** For names: a browser that corrects them makes them wrong. */
export const UNCORRECTED = {
  autocapitalize: "none",
  autocorrect: "off",
  spellcheck: false,
} as const;

/** Uncontrolled, so that what a password manager or the visitor writes is read when it is sent. */
export const TextField = defineComponent<TextFieldProps, []>(
  (props, { attrs }) =>
    () => {
      const { defaultValue, ...frame } = props;
      // As an attribute: Vue puts the property `value` back with every render.
      const initial = defaultValue === undefined ? {} : { "^value": defaultValue };
      return h(FieldFrame, frame, {
        default: (aria: FieldAria) => h("input", { type: "text", ...initial, ...attrs, ...aria }),
      });
    },
  { name: "TextField", inheritAttrs: false, props: { ...fieldProps, defaultValue: String } },
);
