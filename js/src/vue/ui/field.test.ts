import { screen } from "@testing-library/vue";
import { expect, test } from "vitest";
import { h, nextTick, ref } from "vue";
import { anonymous, stubServer } from "../../../testing/server.js";
import { show } from "../../../testing/vue.js";
import { type FieldAria, FieldFrame } from "./field-frame.js";
import { TextField } from "./text-field.js";

const OUT = { "GET /api/session/": anonymous() };

test("what was typed stays when the field is shown anew, also in place of what it held", async () => {
  stubServer(OUT);
  const problems = ref([{ code: "taken", detail: "It is taken." }]);
  const field = { id: "name", label: "Name", defaultValue: "Alice" };
  const { user } = show(() => h(TextField, { ...field, problems: problems.value }));
  const input = screen.getByLabelText<HTMLInputElement>("Name");
  expect(input.value).toBe("Alice");
  await user.clear(input);
  await user.type(input, "Bob");
  problems.value = [];
  await nextTick();
  expect(input.value).toBe("Bob");
  expect(input.hasAttribute("aria-invalid")).toBe(false);
});

test("a field of another kind is tied to its words as ours are", () => {
  stubServer(OUT);
  const frame = { id: "bio", label: "About you", hint: "A few lines." };
  const area = (aria: FieldAria) => h("textarea", { ...aria });
  show(() => h(FieldFrame, frame, { default: area }));
  const shown = screen.getByLabelText("About you");
  expect(shown.tagName).toBe("TEXTAREA");
  expect(shown.getAttribute("aria-describedby")).toBe("bio-hint");
});

test("attributes and listeners go to the input", async () => {
  stubServer(OUT);
  const typed = ref("");
  const onInput = () => {
    typed.value += "x";
  };
  const { user } = show(() =>
    h(TextField, { id: "mail", label: "Mail", type: "email", class: "mine", onInput }),
  );
  const input = screen.getByLabelText<HTMLInputElement>("Mail");
  expect([input.type, input.className]).toEqual(["email", "mine"]);
  await user.type(input, "ab");
  expect(typed.value).toBe("xx");
});
