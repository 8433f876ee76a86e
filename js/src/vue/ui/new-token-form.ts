import { defineComponent, h, useId } from "vue";
import type { TokenList, TokenMade } from "../../contract.js";
import { missingIn, newTokenOf, PROPOSED, TERMS } from "../../ui/tokens.js";
import { tokensEnglish } from "../../ui/tokens-english.js";
import { useAuth } from "../plugin.js";
import { ErrorSummary } from "./error-summary.js";
import { type FieldAria, FieldFrame } from "./field-frame.js";
import { SubmitButton } from "./submit-button.js";
import { TextField } from "./text-field.js";
import { useTextsWith } from "./texts.js";
import { type FormEvent, useForm } from "./use-form.js";

export interface NewTokenFormProps {
  abilities: TokenList["abilities"];
  onMade: (made: TokenMade) => void;
}

/** Make an API token. */
export const NewTokenForm = defineComponent<NewTokenFormProps, []>(
  (props) => {
    const auth = useAuth();
    const words = useTextsWith(tokensEnglish);
    const { busy, failure, wait, submit, refuse } = useForm(words);
    const id = useId();
    const inputs = { name: `${id}-name`, abilities: `${id}-0`, days: `${id}-days` };

    async function send(event: FormEvent) {
      event.preventDefault();
      const form = event.currentTarget;
      const wanted = newTokenOf(form);
      const missing = missingIn(wanted);
      if (Object.keys(missing).length > 0) return refuse(missing);
      const made = await submit(() => auth.tokens.create(wanted));
      if (!made) return;
      form.reset();
      props.onMade(made);
    }

    function boxes() {
      const { abilities: problems = [] } = failure.value?.fields ?? {};
      const invalid = problems.length > 0;
      const described = invalid ? { "aria-describedby": `${id}-error` } : {};
      return h("fieldset", { class: "spa-field", ...described }, [
        h("legend", words.value.abilities),
        ...props.abilities.map(({ name, text }, index) => {
          const box = { type: "checkbox", id: `${id}-${index}`, name: "abilities", value: name };
          return h("label", { class: "spa-check", key: name }, [h("input", box), text]);
        }),
        invalid
          ? h(
              "p",
              { class: "spa-field-error", id: `${id}-error` },
              problems.map(({ detail }) => detail).join(" "),
            )
          : null,
      ]);
    }

    function term() {
      const { goodFor: label, goodForDays } = words.value;
      const option = (days: number | null) =>
        h(
          "option",
          { key: String(days), value: days ?? "", "^selected": days === PROPOSED || null },
          goodForDays(days),
        );
      return h(
        FieldFrame,
        { id: inputs.days, label, problems: failure.value?.fields.days },
        {
          default: (aria: FieldAria) => h("select", { name: "days", ...aria }, TERMS.map(option)),
        },
      );
    }

    return () => {
      const texts = words.value;
      const form = { class: "spa-form", onSubmit: send, novalidate: true };
      return h("form", { ...form, "aria-labelledby": `${id}-title` }, [
        h("h2", { id: `${id}-title` }, texts.newToken),
        h(ErrorSummary, { failure: failure.value, wait: wait.value, inputs }),
        h(TextField, {
          id: inputs.name,
          name: "name",
          label: texts.tokenName,
          autocomplete: "off",
          maxlength: 100,
          problems: failure.value?.fields.name,
        }),
        boxes(),
        term(),
        h("div", { class: "spa-form-foot" }, [
          h(SubmitButton, {
            label: texts.makeToken,
            busyLabel: texts.makingToken,
            busy: busy.value,
            waiting: wait.value > 0,
          }),
        ]),
      ]);
    };
  },
  { name: "NewTokenForm", props: ["abilities", "onMade"] },
);
