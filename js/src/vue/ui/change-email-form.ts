import { defineComponent, h, type SetupContext } from "vue";
import { emailChange, emailUndo } from "../../ui/mail-plans.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { type LinkFormProps, type MailedFormEmits, MailForm, mailForm } from "./mail-form.js";
import { useTexts } from "./texts.js";

/** Have another address, by the code of the mail to it; nothing while nobody is signed in. */
export const ChangeEmailForm = defineComponent(
  (_: object, { emit }: SetupContext<MailedFormEmits>) => {
    const auth = useAuth();
    const words = useTexts();
    const session = useSession();

    return () => {
      const { value: now } = session;
      if (now.status !== "authenticated") return null;
      const { id, email, emailVerified } = now.user;
      const badge = emailVerified ? "" : h("span", { class: "spa-badge" }, words.value.notVerified);
      const plan = emailChange(auth, words.value);
      // A key per user: what one person typed is not to be sent as another's.
      return h("div", { class: "spa-steps", key: id }, [
        email ? h("p", [words.value.addressNow(email), " ", badge]) : null,
        h(MailForm, { plan, onDone: (then) => emit("done", then) }),
      ]);
    };
  },
  { name: "ChangeEmailForm", emits: ["done"] },
);

/** Have another address, by the link of the mail to it. */
export const ConfirmEmailChange = mailForm<LinkFormProps>("ConfirmEmailChange", emailChange);

/** Have the old address back, by the link that it was sent. Everybody is signed out. */
export const UndoEmailChange = mailForm<LinkFormProps>("UndoEmailChange", emailUndo);
