import { defineComponent, h, onMounted } from "vue";
import { createPasswordRules } from "../../ui/passwords.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { type FieldProps, fieldProps } from "./field-frame.js";
import { PasswordField } from "./password-field.js";
import { UNCORRECTED } from "./text-field.js";
import { useTexts } from "./texts.js";

/** For a password that is to be chosen: a manager makes one by the project's rules. */
export const NewPasswordField = defineComponent<Pick<FieldProps, "id" | "problems">, []>(
  (props) => {
    const words = useTexts();
    const source = createPasswordRules(useAuth());
    const rules = useStore(source);
    onMounted(source.load);

    return () => {
      const { minLength: minlength, maxLength: maxlength, passwordrules } = rules.value;
      return h(PasswordField, {
        ...props,
        minlength,
        maxlength,
        passwordrules,
        name: "new-password",
        label: words.value.newPassword,
        hint: words.value.newPasswordHint,
        autocomplete: "new-password",
        ...UNCORRECTED,
        enterkeyhint: "go",
        required: true,
      });
    };
  },
  { name: "NewPasswordField", props: { id: fieldProps.id, problems: fieldProps.problems } },
);
