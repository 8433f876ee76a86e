import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "vue/compiler-sfc";

/** Data, and what is called so in every language. */
const NAMES = ["django-spa-auth", "alice@example.com", "correct-horse-battery-staple"];
/** Attributes that people read or hear. */
const SAID = /^(alt|heading|hint|label|message|placeholder|text|title|aria-(label|description))$/;
// The compiler's numbers for these.
const [TEXT, ATTRIBUTE] = [2, 6];

type Template = NonNullable<ReturnType<typeof parse>["descriptor"]["template"]>["ast"];
type Part = NonNullable<Template>["children"][number];

const sources = join(import.meta.dirname, "..");
const files = readdirSync(sources, { encoding: "utf8", recursive: true }).filter((name) =>
  name.endsWith(".vue"),
);

test("there are templates to look at", () => expect(files.length).toBeGreaterThan(30));

test.each(files)("%s says nothing past the words", (file) => {
  const { template } = parse(readFileSync(join(sources, file), "utf8")).descriptor;
  const said = template?.ast?.children.flatMap(bareIn) ?? [];
  expect(said.map((text) => text.trim()).filter((text) => !NAMES.includes(text))).toEqual([]);
});

test("what is bare is found", () => {
  const { template } = parse(
    '<template><p title="A b">C {{ d }}<b>e</b></p></template>',
  ).descriptor;
  expect(template?.ast?.children.flatMap(bareIn)).toEqual(["A b", "C ", "e"]);
});

/** Texts with letters of an element and of all that it holds. */
function bareIn(part: Part): string[] {
  if (!("tag" in part)) {
    const isText = part.type === TEXT && /\p{L}/u.test(part.loc.source);
    return isText ? [part.loc.source] : [];
  }
  const attributes = part.props.flatMap((prop) =>
    prop.type === ATTRIBUTE && "value" in prop && SAID.test(prop.name)
      ? [prop.value?.content ?? ""]
      : [],
  );
  return [...attributes, ...part.children.flatMap(bareIn)];
}
