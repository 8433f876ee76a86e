import { defineComponent, h, ref, useId } from "vue";
import { announce } from "../../ui/announcer.js";
import { hasNone, readChange } from "../../ui/passwords.js";
import { accountOf } from "../../ui/people.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { accountName } from "./account-name.js";
import { ErrorSummary } from "./error-summary.js";
import { icon } from "./icon.js";
import { NewPasswordField } from "./new-password-field.js";
import { PasswordField } from "./password-field.js";
import { SubmitButton } from "./submit-button.js";
import { UNCORRECTED } from "./text-field.js";
import { useTexts } from "./texts.js";
import { type FormEvent, useForm } from "./use-form.js";

/**
 * Change one's own password, or choose the first one where the answer is that there is none; nothing
 * while nobody is signed in.
 */
export const ChangePasswordForm = defineComponent<object, []>(
  () => {
    const session = useSession();
    return () => {
      const { value: now } = session;
      if (now.status !== "authenticated") return null;
      // A key per user: what one person typed is not to be sent as another's.
      return h(Fields, { key: now.user.id, account: accountOf(now) });
    };
  },
  { name: "ChangePasswordForm" },
);

const Fields = defineComponent<{ account: string }, []>(
  (props) => {
    const auth = useAuth();
    const words = useTexts();
    const { busy, failure, wait, submit, refuse } = useForm();
    const first = ref(false);
    const status = ref<"firstPasswordSet" | "passwordChanged">();
    const id = useId();
    const inputs = { currentPassword: `${id}-current`, newPassword: `${id}-new` };

    async function send(event: FormEvent) {
      event.preventDefault();
      const form = event.currentTarget;
      status.value = undefined;
      const isFirst = first.value;
      const { body, missing } = readChange(form, isFirst);
      if (Object.keys(missing).length > 0) return refuse(missing);
      const { newPassword } = body;
      const done = await submit(async () => {
        const { set, change } = auth.password;
        const answer = await (isFirst ? set({ newPassword }) : change(body));
        first.value = hasNone(isFirst, answer.error);
        return answer;
      });
      if (!done) return;
      form.reset();
      status.value = isFirst ? "firstPasswordSet" : "passwordChanged";
      announce(words.value[status.value]);
    }

    return () => {
      const texts = words.value;
      const problems = failure.value?.fields;
      const label = first.value ? texts.setPassword : texts.changePassword;
      const form = { class: "spa-form", onSubmit: send, novalidate: true };
      return h("form", { ...form, "aria-label": label }, [
        h(ErrorSummary, { failure: failure.value, wait: wait.value, inputs }),
        accountName(props.account),
        first.value
          ? null
          : h(PasswordField, {
              id: inputs.currentPassword,
              name: "current-password",
              label: texts.currentPassword,
              autocomplete: "current-password",
              ...UNCORRECTED,
              enterkeyhint: "next",
              required: true,
              problems: problems?.currentPassword,
            }),
        h(NewPasswordField, { id: inputs.newPassword, problems: problems?.newPassword }),
        h("p", { class: "spa-hint" }, texts.othersSignOut),
        h("div", { class: "spa-form-foot" }, [
          h(SubmitButton, {
            label,
            busyLabel: first.value ? texts.settingPassword : texts.changingPassword,
            busy: busy.value,
            waiting: wait.value > 0,
          }),
          status.value
            ? h("span", { class: "spa-saved" }, [icon("check"), texts[status.value]])
            : null,
        ]),
      ]);
    };
  },
  { name: "ChangePasswordFields", props: ["account"] },
);
