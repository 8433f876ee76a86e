import { computed, onMounted, type Ref, type ShallowRef } from "vue";
import { prepareAnnouncer } from "../../ui/announcer.js";
import type { Failure } from "../../ui/failure.js";
import { createForm, type Form } from "../../ui/form.js";
import { useStore } from "../use-store.js";
import { useTexts } from "./texts.js";

export interface UsedForm extends Pick<Form, "submit" | "refuse" | "pause"> {
  busy: Readonly<Ref<boolean>>;
  failure: Readonly<ShallowRef<Failure | undefined>>;
  /** Seconds until the next try is welcome. */
  wait: Readonly<Ref<number>>;
}

/** What a form sends: Vue does not know which element it comes from. */
export interface FormEvent extends Event {
  currentTarget: HTMLFormElement;
}

/** The life of a form. */
export function useForm(): UsedForm {
  const texts = useTexts();
  const form = createForm(() => texts.value);
  const state = useStore(form);
  onMounted(prepareAnnouncer);
  return {
    ...form,
    busy: computed(() => state.value.busy),
    failure: computed(() => state.value.failure),
    wait: computed(() => state.value.wait),
  };
}
