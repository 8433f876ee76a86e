import { useEffect, useMemo, useRef, useState } from "react";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createForm, type Form, type FormState, type ShownFailure, shown } from "../../ui/form.js";
import type { Texts } from "../../ui/texts.js";
import { useStore } from "../use-store.js";
import { useTexts } from "./texts.js";

export interface UsedForm extends FormState, Pick<Form, "submit" | "refuse" | "pause"> {
  failure: ShownFailure | undefined;
  /** The texts of this moment: after a request they may be others than before. */
  now: () => Texts;
}

/** The life of a form. With the texts of a component that has more of them than others. */
export function useForm(own?: Texts): UsedForm {
  const usual = useTexts();
  const texts = own ?? usual;
  const latest = useLatest(texts);
  const [form] = useState(() => createForm(() => latest.current));
  const state = useStore(form);
  const failure = useFailure(state, texts);
  useEffect(prepareAnnouncer, []);
  return { ...form, ...state, failure, now: () => latest.current };
}

/** Why a form was not accepted, in words. */
export function useFailure({ cause }: FormState, texts: Texts): ShownFailure | undefined {
  return useMemo(() => shown(cause, texts), [cause, texts]);
}

/** The value of the last render, for what runs between renders. */
export function useLatest<T>(value: T) {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
