import { defineComponent, h, type SetupContext } from "vue";
import { verification } from "../../ui/mail-plans.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { type MailedFormEmits, type MailedFormProps, MailForm } from "./mail-form.js";
import { waiting } from "./status.js";
import { useTexts } from "./texts.js";

export interface VerifyEmailFormProps extends MailedFormProps {
  /** Ask for the mail without being told to: the person has just done something that needs it. */
  atOnce?: boolean;
}

/**
 * Prove one's address: signed in, or where a sign-in waits for it. Whoever opens the link in another
 * browser is told to sign in there first.
 */
export const VerifyEmailForm = defineComponent(
  (props: VerifyEmailFormProps, { emit }: SetupContext<MailedFormEmits>) => {
    const auth = useAuth();
    const words = useTexts();
    const session = useSession();

    return () => {
      const texts = words.value;
      const { token, atOnce } = props;
      if (session.value.status === "loading") return waiting(texts.loading);
      const plan = verification(auth, texts, session.value, token);
      return h(MailForm, { token, atOnce, plan, onDone: (now) => emit("done", now) });
    };
  },
  {
    name: "VerifyEmailForm",
    props: { token: String, atOnce: Boolean },
    emits: ["done"],
  },
);
