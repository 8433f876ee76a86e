import { type FormEvent, type ReactNode, useId } from "react";
import type { TokenList, TokenMade } from "../../contract.js";
import { missingIn, newTokenOf, PROPOSED, TERMS } from "../../ui/tokens.js";
import { tokensEnglish } from "../../ui/tokens-english.js";
import { useAuth } from "../provider.js";
import { ErrorSummary } from "./error-summary.js";
import { FieldFrame, TextField } from "./field.js";
import { SubmitButton } from "./submit-button.js";
import { useTextsWith } from "./texts.js";
import { useForm } from "./use-form.js";

export interface NewTokenFormProps {
  abilities: TokenList["abilities"];
  onMade: (made: TokenMade) => void;
}

/** Make an API token. */
export function NewTokenForm({ abilities, onMade }: NewTokenFormProps): ReactNode {
  const auth = useAuth();
  const texts = useTextsWith(tokensEnglish);
  const { busy, failure, wait, submit, refuse } = useForm(texts);
  const id = useId();
  const problems = failure?.fields.abilities ?? [];

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const wanted = newTokenOf(form);
    const missing = missingIn(wanted);
    if (Object.keys(missing).length > 0) return refuse(missing);
    const made = await submit(() => auth.tokens.create(wanted));
    if (!made) return;
    form.reset();
    onMade(made);
  }

  return (
    <form className="spa-form" onSubmit={send} noValidate aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{texts.newToken}</h2>
      <ErrorSummary
        failure={failure}
        wait={wait}
        inputs={{ name: `${id}-name`, abilities: `${id}-0`, days: `${id}-days` }}
      />
      <TextField
        id={`${id}-name`}
        name="name"
        label={texts.tokenName}
        autoComplete="off"
        maxLength={100}
        problems={failure?.fields.name}
      />
      <fieldset
        className="spa-field"
        {...(problems.length > 0 && { "aria-describedby": `${id}-error` })}
      >
        <legend>{texts.abilities}</legend>
        {abilities.map(({ name, text }, index) => (
          <label className="spa-check" key={name}>
            <input type="checkbox" id={`${id}-${index}`} name="abilities" value={name} />
            {text}
          </label>
        ))}
        {problems.length > 0 && (
          <p className="spa-field-error" id={`${id}-error`}>
            {problems.map(({ detail }) => detail).join(" ")}
          </p>
        )}
      </fieldset>
      <FieldFrame id={`${id}-days`} label={texts.goodFor} problems={failure?.fields.days}>
        {(aria) => (
          <select name="days" defaultValue={PROPOSED} {...aria}>
            {TERMS.map((days) => (
              <option key={String(days)} value={days ?? ""}>
                {texts.goodForDays(days)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <div className="spa-form-foot">
        <SubmitButton
          label={texts.makeToken}
          busyLabel={texts.makingToken}
          busy={busy}
          waiting={wait > 0}
        />
      </div>
    </form>
  );
}
