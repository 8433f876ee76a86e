import { defineComponent, h, type SetupContext, useId } from "vue";
import type { Session } from "../../auth.js";
import { announce } from "../../ui/announcer.js";
import { readConfirmation } from "../../ui/passwords.js";
import { displayName } from "../../ui/people.js";
import { useAuth } from "../plugin.js";
import { accountName } from "./account-name.js";
import { ErrorSummary } from "./error-summary.js";
import { NewPasswordField } from "./new-password-field.js";
import { SubmitButton } from "./submit-button.js";
import { TextField } from "./text-field.js";
import { useTexts } from "./texts.js";
import { type FormEvent, useForm } from "./use-form.js";

/** One of both: by a link's token, or by the code of the mail to an address. */
export interface ResetPasswordFormProps {
  token?: string | undefined;
  email?: string | undefined;
}

/** Choose a new password by the mail that was asked for, and sign in. */
export const ResetPasswordForm = defineComponent(
  (
    props: ResetPasswordFormProps,
    {
      emit,
    }: SetupContext<{
      /** It has worked, and the session is the answer: signed in, or another step is left. */
      done: (session: Session) => void;
    }>,
  ) => {
    const auth = useAuth();
    const words = useTexts();
    const { busy, failure, wait, submit, refuse } = useForm();
    const id = useId();
    const inputs = { code: `${id}-code`, newPassword: `${id}-new` };

    async function send(event: FormEvent) {
      event.preventDefault();
      const { token, email = "" } = props;
      const proof = token ? { token } : { email };
      const { body, missing } = readConfirmation(event.currentTarget, proof, words.value);
      if (Object.keys(missing).length > 0) return refuse(missing);
      const now = await submit(() => auth.password.confirmReset(body));
      if (!now) return;
      if (now.status === "authenticated") announce(words.value.passwordSet(displayName(now.user)));
      emit("done", now);
    }

    return () => {
      const texts = words.value;
      const problems = failure.value?.fields;
      const byCode = props.email
        ? [
            accountName(props.email),
            h(TextField, {
              id: inputs.code,
              name: "code",
              label: texts.code,
              inputmode: "numeric",
              autocomplete: "one-time-code",
              autocorrect: "off",
              spellcheck: false,
              enterkeyhint: "next",
              required: true,
              problems: problems?.code,
            }),
          ]
        : [];
      const form = { class: "spa-form", onSubmit: send, novalidate: true };
      return h("form", { ...form, "aria-label": texts.resetPassword }, [
        h(ErrorSummary, { failure: failure.value, wait: wait.value, inputs }),
        ...byCode,
        h(NewPasswordField, { id: inputs.newPassword, problems: problems?.newPassword }),
        h("p", { class: "spa-hint" }, texts.othersSignOut),
        h(SubmitButton, {
          label: texts.setPassword,
          busyLabel: texts.settingPassword,
          busy: busy.value,
          waiting: wait.value > 0,
        }),
      ]);
    };
  },
  { name: "ResetPasswordForm", props: ["token", "email"], emits: ["done"] },
);
