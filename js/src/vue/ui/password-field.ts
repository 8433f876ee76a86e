import { defineComponent, h, type InputHTMLAttributes, ref } from "vue";
import { type FieldAria, FieldFrame, type FieldProps, fieldProps } from "./field-frame.js";
import { icon } from "./icon.js";
import { useTexts } from "./texts.js";

/** Whatever else is given goes to the input. */
export interface PasswordFieldProps extends FieldProps, Omit<InputHTMLAttributes, "id" | "type"> {}

/** With a button that shows what was typed, which the keyboard reaches too. */
export const PasswordField = defineComponent<PasswordFieldProps, []>(
  (props, { attrs }) => {
    const texts = useTexts();
    const shown = ref(false);
    const toggle = () => {
      shown.value = !shown.value;
    };

    return () =>
      h(FieldFrame, props, {
        default: (aria: FieldAria) =>
          h("div", { class: "spa-with-button" }, [
            h("input", { ...attrs, ...aria, type: shown.value ? "text" : "password" }),
            h(
              "button",
              {
                type: "button",
                class: "spa-reveal",
                // The name stays the same: aria-pressed already says whether it is on.
                "aria-label": texts.value.showPassword,
                "aria-pressed": shown.value,
                "aria-controls": props.id,
                onClick: toggle,
              },
              icon(shown.value ? "eyeOff" : "eye"),
            ),
          ]),
      });
  },
  { name: "PasswordField", inheritAttrs: false, props: fieldProps },
);
