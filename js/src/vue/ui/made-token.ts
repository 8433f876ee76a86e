import { defineComponent, h, onMounted, ref, shallowRef, useId } from "vue";
import type { TokenMade } from "../../contract.js";
import { announce } from "../../ui/announcer.js";
import { copyFrom } from "../../ui/tokens.js";
import { tokensEnglish } from "../../ui/tokens-english.js";
import { TextField } from "./text-field.js";
import { useTextsWith } from "./texts.js";

export interface MadeTokenProps {
  made: TokenMade;
  onDone: () => void;
}

/** A token that was just made, with a button that copies it. */
export const MadeToken = defineComponent<MadeTokenProps, []>(
  (props) => {
    const words = useTextsWith(tokensEnglish);
    const box = shallowRef<HTMLElement | null>(null);
    const said = ref<"copied" | "notCopied">();
    const id = useId();

    onMounted(() => box.value?.focus());

    async function copy() {
      const input = document.getElementById(id) as HTMLInputElement;
      said.value = await copyFrom(input);
      announce(words.value[said.value]);
    }

    return () => {
      const texts = words.value;
      const notice = { class: "spa-notice spa-steps", ref: box, tabindex: -1 };
      const button = { type: "button", class: "spa-button" };
      return h("section", { ...notice, "aria-labelledby": `${id}-title` }, [
        h("h2", { id: `${id}-title` }, texts.tokenMade(props.made.created.name)),
        h(TextField, {
          id,
          label: texts.token,
          hint: texts.tokenOnce,
          defaultValue: props.made.token,
          dir: "ltr",
          readonly: true,
          spellcheck: false,
          onFocus: select,
        }),
        h("div", { class: "spa-form-foot" }, [
          h("button", { ...button, class: "spa-button spa-primary", onClick: copy }, texts.copy),
          h("button", { ...button, onClick: props.onDone }, texts.done),
          said.value ? h("span", { class: "spa-saved" }, texts[said.value]) : null,
        ]),
      ]);
    };
  },
  { name: "MadeToken", props: ["made", "onDone"] },
);

function select({ currentTarget }: Event): void {
  (currentTarget as HTMLInputElement).select();
}
