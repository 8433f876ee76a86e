import { defineComponent, h, type SetupContext } from "vue";
import type { Session } from "../../auth.js";
import { signUp } from "../../ui/mail-plans.js";
import { useAuth } from "../plugin.js";
import { type MailedFormEmits, type MailedFormProps, MailForm } from "./mail-form.js";
import { trouble, waiting } from "./status.js";
import { useTexts } from "./texts.js";
import { useConfig } from "./use-config.js";

/**
 * Make an account: its fields, then the code of the mail; or, with the token of its link, at once.
 * The project's own fields are its slot: their inputs are named as in the contract.
 */
export const SignUpForm = defineComponent(
  (props: MailedFormProps, { emit, slots }: SetupContext<MailedFormEmits>) => {
    const auth = useAuth();
    const words = useTexts();
    const { state, load } = useConfig();

    return () => {
      const texts = words.value;
      const { config, error } = state.value;
      if (error) return trouble(error, texts, load);
      if (!config) return waiting(texts.loading);
      const plan = signUp(auth, texts, config.signup);
      const onDone = (session: Session) => emit("done", session);
      return h(MailForm, { token: props.token, plan, onDone }, slots);
    };
  },
  { name: "SignUpForm", props: ["token"], emits: ["done"] },
);
