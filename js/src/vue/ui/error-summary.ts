import { computed, defineComponent, h, shallowRef, type VNode, watchPostEffect } from "vue";
import { clock, type ShownFailure } from "../../ui/form.js";
import type { Texts } from "../../ui/texts.js";
import { icon } from "./icon.js";
import { useTexts } from "./texts.js";

export interface ErrorSummaryProps {
  failure: ShownFailure | undefined;
  wait: number;
  /** The id of the input of each field of the contract. */
  inputs: Record<string, string>;
}

/** Says once, above the form, what is wrong, and takes the focus there. */
export const ErrorSummary = defineComponent(
  (props: ErrorSummaryProps) => {
    const texts = useTexts();
    const box = shallowRef<HTMLElement | null>(null);

    // Not when only the words change.
    const cause = computed(() => props.failure?.cause);
    watchPostEffect(() => {
      if (cause.value) box.value?.focus();
    });

    return () => {
      const { failure, wait } = props;
      if (!failure) return null;
      const items = problemsIn(props, failure);
      return h("div", { class: "spa-alert", role: "alert", tabindex: -1, ref: box }, [
        icon("alert"),
        h("div", { class: "spa-alert-body" }, [
          h("p", failure.message),
          items.length > 0 ? h("ul", items) : null,
          failure.wait > 0 ? countdown(failure.wait, wait, texts.value) : null,
        ]),
      ]);
    };
  },
  { name: "ErrorSummary", props: ["failure", "wait", "inputs"] },
);

function problemsIn({ inputs }: ErrorSummaryProps, { fields }: ShownFailure): VNode[] {
  return Object.entries(fields).flatMap(([name, problems = []]) =>
    problems.map(({ detail }) => {
      const input = inputs[name];
      const link = input && h("a", { href: `#${input}`, onClick: focusOn(input) }, detail);
      return h("li", { key: `${input} ${detail}` }, [link || detail]);
    }),
  );
}

// The ticking number is for the eyes. A screen reader would read every second of it aloud.
function countdown(total: number, left: number, texts: Texts): VNode {
  const { tryAgainAfter, tryAgainIn, tryAgainNow } = texts;
  return h("p", { class: "spa-wait" }, [
    h("span", { class: "spa-visually-hidden" }, tryAgainAfter(total)),
    h("span", { "aria-hidden": "true" }, left > 0 ? tryAgainIn(clock(left)) : tryAgainNow),
  ]);
}

// The address stays: it may carry where the visitor wanted to go.
function focusOn(input: string): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    document.getElementById(input)?.focus();
  };
}
