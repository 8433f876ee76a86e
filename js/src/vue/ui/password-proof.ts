import { defineComponent, h, useId } from "vue";
import { textOf } from "../../ui/form.js";
import { accountOf } from "../../ui/people.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { accountName } from "./account-name.js";
import { ErrorSummary } from "./error-summary.js";
import { PasswordField } from "./password-field.js";
import { SubmitButton } from "./submit-button.js";
import { UNCORRECTED } from "./text-field.js";
import { useTexts } from "./texts.js";
import { type FormEvent, useForm } from "./use-form.js";

/** Confirm who one is with the password. */
export const PasswordProof = defineComponent<object, []>(
  () => {
    const auth = useAuth();
    const words = useTexts();
    const session = useSession();
    const { busy, failure, wait, submit, refuse } = useForm();
    const id = useId();

    async function send(event: FormEvent) {
      event.preventDefault();
      const password = textOf(event.currentTarget, "password");
      if (!password) return refuse({ password: "enterPassword" });
      await submit(() => auth.reauthenticate.password({ password }));
    }

    return () => {
      const texts = words.value;
      return h("form", { class: "spa-form", onSubmit: send, novalidate: true }, [
        h(ErrorSummary, { failure: failure.value, wait: wait.value, inputs: { password: id } }),
        accountName(accountOf(session.value)),
        h(PasswordField, {
          id,
          name: "password",
          label: texts.password,
          autocomplete: "current-password",
          ...UNCORRECTED,
          enterkeyhint: "go",
          required: true,
          problems: failure.value?.fields.password,
        }),
        h(SubmitButton, {
          label: texts.confirm,
          busyLabel: texts.confirming,
          busy: busy.value,
          waiting: wait.value > 0,
        }),
      ]);
    };
  },
  { name: "PasswordProof" },
);
