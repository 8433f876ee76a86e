import { computed, defineComponent, h, ref, useId } from "vue";
import type { User } from "../../contract.js";
import { announce } from "../../ui/announcer.js";
import { changesIn, currentValue, describeFields, type ProfileField } from "../../ui/profile.js";
import { useAuth } from "../plugin.js";
import { useSession } from "../use-session.js";
import { ErrorSummary } from "./error-summary.js";
import { icon } from "./icon.js";
import { SubmitButton } from "./submit-button.js";
import { TextField, UNCORRECTED } from "./text-field.js";
import { useTexts } from "./texts.js";
import { type FormEvent, useForm } from "./use-form.js";

export interface ProfileFormProps {
  /** The fields that the project lets people change, in the order in which they are shown. */
  fields?: readonly ProfileField[];
}

interface FieldsProps {
  fields: readonly ProfileField[];
  user: User;
}

const NAMES = ["firstName", "lastName"] as const;

/** Change one's own profile; nothing while nobody is signed in. */
export const ProfileForm = defineComponent(
  (props: ProfileFormProps) => {
    const session = useSession();
    return () => {
      const { value: now } = session;
      if (now.status !== "authenticated") return null;
      // A key per user: what one person typed is not to be saved as another's.
      return h(Fields, { key: now.user.id, fields: props.fields ?? NAMES, user: now.user });
    };
  },
  { name: "ProfileForm", props: ["fields"] },
);

const Fields = defineComponent(
  (props: FieldsProps) => {
    const auth = useAuth();
    const words = useTexts();
    const { busy, failure, wait, submit } = useForm();
    const status = ref<"saved" | "nothingToSave">();
    const id = useId();
    const described = computed(() => describeFields(props.fields, words.value));
    const inputs = computed(() =>
      Object.fromEntries(described.value.map(({ name }) => [name, `${id}-${name}`])),
    );

    function say(word: "saved" | "nothingToSave") {
      status.value = word;
      announce(words.value[word]);
    }

    async function send(event: FormEvent) {
      event.preventDefault();
      const changes = changesIn(event.currentTarget, props.user, described.value);
      if (!changes && !failure.value) return say("nothingToSave");
      status.value = undefined;
      if (await submit(() => auth.profile.change(changes ?? {}))) say("saved");
    }

    return () => {
      const texts = words.value;
      const form = { class: "spa-form", onSubmit: send, novalidate: true };
      return h("form", { ...form, "aria-label": texts.profile }, [
        h(ErrorSummary, { failure: failure.value, wait: wait.value, inputs: inputs.value }),
        ...described.value.map(({ name, label, hint, autocomplete }) =>
          h(TextField, {
            key: name,
            id: `${id}-${name}`,
            name,
            label,
            hint,
            autocomplete,
            ...(name === "username" && UNCORRECTED),
            defaultValue: currentValue(props.user, name),
            problems: failure.value?.fields[name],
          }),
        ),
        h("div", { class: "spa-form-foot" }, [
          h(SubmitButton, {
            label: texts.save,
            busyLabel: texts.saving,
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
  { name: "ProfileFields", props: ["fields", "user"] },
);
