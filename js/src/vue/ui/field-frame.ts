import { defineComponent, h, type SlotsType } from "vue";
import type { FieldError } from "../../contract.js";

export interface FieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  problems?: readonly FieldError[] | undefined;
}

export interface FieldAria {
  id: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
}

export interface FieldFrameSlots {
  /** The input, which takes these attributes. */
  default: FieldAria;
}

export const fieldProps = {
  id: { type: String, required: true },
  label: { type: String, required: true },
  hint: String,
  problems: Array,
} as const;

/** A label, its input, a hint and what is wrong with it, tied together. */
export const FieldFrame = defineComponent<FieldProps, [], string, SlotsType<FieldFrameSlots>>(
  (props, { slots }) =>
    () => {
      const { id, label, hint, problems = [] } = props;
      const invalid = problems.length > 0;
      const described = [hint && `${id}-hint`, invalid && `${id}-error`].filter(Boolean).join(" ");
      const words = problems.map(({ detail }) => detail).join(" ");
      return h("div", { class: "spa-field" }, [
        h("label", { for: id }, label),
        hint ? h("p", { class: "spa-hint", id: `${id}-hint` }, hint) : null,
        slots.default?.({
          id,
          ...(invalid && { "aria-invalid": true }),
          ...(described && { "aria-describedby": described }),
        }),
        invalid ? h("p", { class: "spa-field-error", id: `${id}-error` }, words) : null,
      ]);
    },
  { name: "FieldFrame", props: fieldProps },
);
