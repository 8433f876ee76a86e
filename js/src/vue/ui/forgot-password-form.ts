import { defineComponent, h, onMounted, ref, useId, useTemplateRef } from "vue";
import { announce } from "../../ui/announcer.js";
import { clock } from "../../ui/form.js";
import { RESEND_AFTER, readReset } from "../../ui/passwords.js";
import { useAuth } from "../plugin.js";
import { ErrorSummary } from "./error-summary.js";
import { ResetPasswordForm } from "./reset-password-form.js";
import { SubmitButton } from "./submit-button.js";
import { TextField, UNCORRECTED } from "./text-field.js";
import { useTexts } from "./texts.js";
import { type FormEvent, useForm } from "./use-form.js";

/** Ask for a mail, then take its code, or wait for its link to be opened. */
export const ForgotPasswordForm = defineComponent<object, []>(
  () => {
    const auth = useAuth();
    const words = useTexts();
    const { busy, failure, wait, submit, refuse } = useForm();
    const sentTo = ref("");
    const id = useId();
    const inputs = { email: `${id}-email` };

    async function send(event: FormEvent) {
      event.preventDefault();
      const { body, missing } = readReset(event.currentTarget, words.value);
      if (Object.keys(missing).length > 0) return refuse(missing);
      if (await submit(() => auth.password.reset(body))) sentTo.value = body.email;
    }

    return () => {
      if (sentTo.value) return h(MailSent, { email: sentTo.value });
      const texts = words.value;
      const form = { class: "spa-form", onSubmit: send, novalidate: true };
      return h("form", { ...form, "aria-label": texts.forgotPassword }, [
        h(ErrorSummary, { failure: failure.value, wait: wait.value, inputs }),
        h(TextField, {
          id: inputs.email,
          name: "username",
          type: "email",
          label: texts.email,
          autocomplete: "username",
          ...UNCORRECTED,
          enterkeyhint: "send",
          required: true,
          problems: failure.value?.fields.email,
        }),
        h(SubmitButton, {
          label: texts.sendLink,
          busyLabel: texts.sendingLink,
          busy: busy.value,
          waiting: wait.value > 0,
        }),
      ]);
    };
  },
  { name: "ForgotPasswordForm" },
);

const MailSent = defineComponent<{ email: string }, []>(
  (props) => {
    const words = useTexts();
    const top = useTemplateRef<HTMLHeadingElement>("top");
    onMounted(() => top.value?.focus());

    return () => {
      const texts = words.value;
      return h("div", { class: "spa-steps" }, [
        h("div", { class: "spa-notice" }, [
          h("h2", { ref: "top", tabindex: -1 }, texts.checkMail),
          h("p", texts.mailSentTo(props.email)),
        ]),
        h(ResetPasswordForm, { email: props.email }),
        h(Resend, { email: props.email }),
      ]);
    };
  },
  { name: "MailSent", props: ["email"] },
);

const Resend = defineComponent<{ email: string }, []>(
  (props) => {
    const auth = useAuth();
    const words = useTexts();
    const { busy, failure, wait, submit, pause } = useForm();
    onMounted(() => pause(RESEND_AFTER));

    async function send(event: FormEvent) {
      event.preventDefault();
      if (!(await submit(() => auth.password.reset({ email: props.email })))) return;
      pause(RESEND_AFTER);
      announce(words.value.sentAgain);
    }

    return () => {
      const { sendAgain, sendAgainIn, sendingAgain } = words.value;
      const spinner = h("span", { class: "spa-spinner", "aria-hidden": true });
      const waiting = wait.value > 0 ? sendAgainIn(clock(wait.value)) : sendAgain;
      return h("form", { class: "spa-form", onSubmit: send, "aria-label": sendAgain }, [
        h(ErrorSummary, { failure: failure.value, wait: wait.value, inputs: {} }),
        h(
          "button",
          {
            type: "submit",
            class: "spa-button",
            "aria-busy": busy.value,
            "aria-disabled": busy.value || wait.value > 0,
          },
          busy.value ? [spinner, sendingAgain] : waiting,
        ),
      ]);
    };
  },
  { name: "ResendMail", props: ["email"] },
);
