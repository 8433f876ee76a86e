import { computed, onMounted, type Ref } from "vue";
import { prepareAnnouncer } from "../../ui/announcer.js";
import { createForm, type Form, type FormState, type ShownFailure, shown } from "../../ui/form.js";
import type { Texts } from "../../ui/texts.js";
import { useStore } from "../use-store.js";
import { useTexts } from "./texts.js";

export interface UsedForm extends Pick<Form, "submit" | "refuse" | "pause"> {
  busy: Readonly<Ref<boolean>>;
  failure: Readonly<Ref<ShownFailure | undefined>>;
  /** Seconds until the next try is welcome. */
  wait: Readonly<Ref<number>>;
}

/** What a form sends: Vue does not know which element it comes from. */
export interface FormEvent extends Event {
  currentTarget: HTMLFormElement;
}

/** The life of a form. With the texts of a component that has more of them than others. */
export function useForm(texts: Readonly<Ref<Texts>> = useTexts()): UsedForm {
  const form = createForm(() => texts.value);
  const state = useStore(form);
  onMounted(prepareAnnouncer);
  return {
    ...form,
    busy: computed(() => state.value.busy),
    failure: useFailure(state, texts),
    wait: computed(() => state.value.wait),
  };
}

/** Why a form was not accepted, in words. */
export function useFailure(
  state: Readonly<Ref<FormState>>,
  texts: Readonly<Ref<Texts>>,
): Readonly<Ref<ShownFailure | undefined>> {
  return computed(() => shown(state.value.cause, texts.value));
}
