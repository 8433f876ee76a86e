import {
  computed,
  defineComponent,
  h,
  onMounted,
  type SetupContext,
  useId,
  useTemplateRef,
  type VNode,
  watch,
} from "vue";
import type { Auth, Session } from "../../auth.js";
import { clock } from "../../ui/form.js";
import { createMailForm, type MailPlan, viewOf } from "../../ui/mail-form.js";
import type { Texts } from "../../ui/texts.js";
import { useAuth } from "../plugin.js";
import { useStore } from "../use-store.js";
import { ErrorSummary } from "./error-summary.js";
import { NewPasswordField } from "./new-password-field.js";
import { SubmitButton } from "./submit-button.js";
import { TextField } from "./text-field.js";
import { useTexts } from "./texts.js";
import { type FormEvent, useForm } from "./use-form.js";

export interface MailedFormProps {
  /** Of the mail's link, where that was opened. Nothing is sent before the button is pressed. */
  token?: string | undefined;
}

/** Where a link of a mail leads. */
export interface LinkFormProps {
  token: string;
}

export type MailedFormEmits = {
  /** It has worked, and the session is the answer: signed in, or another step is left. */
  done: (session: Session) => void;
};

export interface MailFormProps extends MailedFormProps {
  plan: MailPlan;
  /** Ask for the mail without being told to. */
  atOnce?: boolean | undefined;
  onDone: (session: Session) => void;
}

const PROPS = ["plan", "token", "atOnce", "onDone"] as const;

/** Asks for a mail and takes its code, or waits for its link to be opened. */
export const MailForm = defineComponent<MailFormProps, []>(
  (props, { slots }) =>
    () =>
      // A key per link: what went wrong with one says nothing of the next.
      h(Steps, { key: props.token ?? "", ...props }, slots),
  { name: "MailForm", props: [...PROPS] },
);

const Steps = defineComponent<MailFormProps, []>(
  (props, { slots }) => {
    const words = useTexts();
    const main = useForm();
    const again = useForm();
    const situation = () => ({ ...props, texts: words.value });
    const actions = createMailForm(main, again, situation);
    const stage = useStore(actions);
    const view = computed(() => viewOf(situation(), stage.value, main.failure.value));
    const top = useTemplateRef<HTMLHeadingElement>("top");
    const element = useTemplateRef<HTMLFormElement>("form");
    const id = useId();

    onMounted(() => {
      if (props.atOnce) element.value?.requestSubmit();
    });
    watch(stage, () => top.value?.focus(), { flush: "post" });

    function send(event: FormEvent) {
      event.preventDefault();
      void actions.send(event.currentTarget);
    }

    function fieldsOf({ fields = [] }: typeof view.value): VNode[] {
      return fields.map(({ name, label, hint, newPassword, input, hidden }) => {
        const frame = { id: `${id}-${name}`, label, problems: main.failure.value?.fields[name] };
        const field = newPassword
          ? h(NewPasswordField, frame)
          : h(TextField, { ...frame, ...input, hint });
        return h("div", { key: name, hidden }, [field]);
      });
    }

    function resend(): VNode[] {
      const { sendAgain, sendAgainIn, sendingAgain, anotherAddress } = words.value;
      const [busy, wait] = [again.busy.value, again.wait.value];
      const spinner = h("span", { class: "spa-spinner", "aria-hidden": true });
      const button = { type: "button", class: "spa-button" } as const;
      const press = (action: (form: HTMLFormElement) => unknown) => () =>
        element.value && action(element.value);
      return [
        h(ErrorSummary, { failure: again.failure.value, wait, inputs: {} }),
        h("div", { class: "spa-form-foot" }, [
          h(
            "button",
            {
              ...button,
              "aria-busy": busy,
              "aria-disabled": busy || wait > 0,
              onClick: press(actions.sendAgain),
            },
            busy ? [spinner, sendingAgain] : wait > 0 ? sendAgainIn(clock(wait)) : sendAgain,
          ),
          props.plan.first.length > 0
            ? h("button", { ...button, onClick: press(actions.startAnew) }, anotherAddress)
            : null,
        ]),
      ];
    }

    return () => {
      const {
        notice,
        fields,
        ownHidden,
        hint,
        words: [label, busyLabel],
        waiting,
      } = view.value;
      const form = { class: "spa-form", ref: "form", onSubmit: send, novalidate: true };
      const inputs = Object.fromEntries((fields ?? []).map(({ name }) => [name, `${id}-${name}`]));
      return h("div", { class: "spa-steps" }, [
        notice
          ? h("div", { class: "spa-notice" }, [
              notice.title ? h("h2", { ref: "top", tabindex: -1 }, notice.title) : null,
              h("p", notice.text),
            ])
          : null,
        fields
          ? h("form", { ...form, "aria-label": label }, [
              h(ErrorSummary, { failure: main.failure.value, wait: main.wait.value, inputs }),
              ...fieldsOf(view.value),
              slots.default
                ? h("div", { class: "spa-own", hidden: ownHidden }, slots.default())
                : null,
              hint ? h("p", { class: "spa-hint" }, hint) : null,
              h(SubmitButton, {
                label,
                busyLabel,
                busy: main.busy.value,
                waiting: main.wait.value > 0,
              }),
              ...(waiting ? resend() : []),
            ])
          : null,
      ]);
    };
  },
  { name: "MailSteps", props: [...PROPS] },
);

/** A component that is such a form. */
export function mailForm<Props extends MailedFormProps>(
  name: string,
  planOf: (auth: Auth, texts: Texts) => MailPlan,
) {
  return defineComponent(
    (props: Props, { emit }: SetupContext<MailedFormEmits>) => {
      const auth = useAuth();
      const words = useTexts();
      return () => {
        const plan = planOf(auth, words.value);
        return h(MailForm, { token: props.token, plan, onDone: (now) => emit("done", now) });
      };
    },
    { name, props: ["token"], emits: ["done"] },
  );
}
