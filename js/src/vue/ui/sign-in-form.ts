import { defineComponent, h, ref, useId } from "vue";
import { announce } from "../../ui/announcer.js";
import { waitsForMail } from "../../ui/mail-plans.js";
import { displayName } from "../../ui/people.js";
import { readCredentials } from "../../ui/sign-in.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { ErrorSummary } from "./error-summary.js";
import { PasswordField } from "./password-field.js";
import { SubmitButton } from "./submit-button.js";
import { TextField, UNCORRECTED } from "./text-field.js";
import { useTexts } from "./texts.js";
import { type FormEvent, useForm } from "./use-form.js";
import { VerifyEmailForm } from "./verify-email-form.js";

/** Sign in with a password. The session changes when it has worked; nothing else is called. */
export const SignInForm = defineComponent<object, []>(
  () => {
    const auth = useAuth();
    const words = useTexts();
    const session = useSession();
    const { busy, failure, wait, submit, refuse } = useForm();
    const acted = ref(false);
    const id = useId();
    const inputs = { login: `${id}-username`, password: `${id}-password` };

    async function send(event: FormEvent) {
      event.preventDefault();
      const { body, missing } = readCredentials(event.currentTarget);
      if (Object.keys(missing).length > 0) return refuse(missing);
      acted.value = true;
      const now = await submit(() => auth.login.password(body));
      if (now?.status === "authenticated") announce(words.value.signedInAs(displayName(now.user)));
    }

    return () => {
      const texts = words.value;
      const { value: now } = session;
      if (waitsForMail(now)) return h(VerifyEmailForm, { atOnce: acted.value });
      const problems = failure.value?.fields;
      const step =
        now.status === "pending"
          ? h("p", { class: "spa-notice" }, texts.anotherStep(now.next))
          : null;
      const form = { class: "spa-form", onSubmit: send, novalidate: true };
      return h("form", { ...form, "aria-label": texts.signIn }, [
        step,
        h(ErrorSummary, { failure: failure.value, wait: wait.value, inputs }),
        h(TextField, {
          id: inputs.login,
          name: "username",
          label: texts.identifier,
          dir: "auto",
          inputmode: "email",
          autocomplete: "username",
          ...UNCORRECTED,
          enterkeyhint: "next",
          required: true,
          problems: problems?.login,
        }),
        h(PasswordField, {
          id: inputs.password,
          name: "password",
          label: texts.password,
          autocomplete: "current-password",
          ...UNCORRECTED,
          enterkeyhint: "go",
          required: true,
          problems: problems?.password,
        }),
        h("label", { class: "spa-check" }, [
          h("input", { type: "checkbox", name: "remember", checked: true }),
          texts.remember,
        ]),
        h(SubmitButton, {
          label: texts.signIn,
          busyLabel: texts.signingIn,
          busy: busy.value,
          waiting: wait.value > 0,
        }),
      ]);
    };
  },
  { name: "SignInForm" },
);
