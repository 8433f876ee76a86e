import { defineComponent, h } from "vue";
import { passwordRules } from "../../ui/config.js";
import { type FieldProps, fieldProps } from "./field-frame.js";
import { PasswordField } from "./password-field.js";
import { UNCORRECTED } from "./text-field.js";
import { useTexts } from "./texts.js";
import { useConfig } from "./use-config.js";

type NewPasswordFieldProps = Pick<FieldProps, "id" | "problems"> &
  Partial<Pick<FieldProps, "label">>;

/** For a password that is to be chosen: a manager makes one by the project's rules. */
export const NewPasswordField = defineComponent<NewPasswordFieldProps, []>(
  (props) => {
    const words = useTexts();
    const { state } = useConfig();

    return () => {
      const {
        minLength: minlength,
        maxLength: maxlength,
        passwordrules,
      } = passwordRules(state.value);
      return h(PasswordField, {
        id: props.id,
        problems: props.problems,
        minlength,
        maxlength,
        passwordrules,
        name: "new-password",
        label: props.label ?? words.value.newPassword,
        hint: words.value.newPasswordHint,
        autocomplete: "new-password",
        ...UNCORRECTED,
        enterkeyhint: "go",
        required: true,
      });
    };
  },
  {
    name: "NewPasswordField",
    props: { id: fieldProps.id, label: String, problems: fieldProps.problems },
  },
);
