import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

/** Attributes that people read or hear. Biome finds text between tags: `noJsxLiterals`. */
const SAID = /^(alt|heading|hint|label|message|placeholder|text|title|aria-(label|description))$/;

const sources = join(import.meta.dirname, "..");
const files = readdirSync(sources, { encoding: "utf8", recursive: true }).filter(
  (name) => name.endsWith(".tsx") && !name.endsWith(".test.tsx"),
);

test("there are pages to look at", () => expect(files.length).toBeGreaterThan(20));

test.each(files)("%s has no attribute past the words", (file) => {
  expect(bareIn(readFileSync(join(sources, file), "utf8"))).toEqual([]);
});

test("what is bare is found", () => {
  const source = '<p title="A"><input className="b" alt={"C"} placeholder={d} /></p>';
  expect(bareIn(source)).toEqual(['title="A"', 'alt={"C"}']);
});

/** Attributes for people whose value stands in the source. */
function bareIn(source: string): string[] {
  const found: string[] = [];
  const tree = ts.createSourceFile("a.tsx", source, ts.ScriptTarget.Latest, true);
  function visit(node: ts.Node) {
    if (ts.isJsxAttribute(node) && SAID.test(node.name.getText()) && isString(node.initializer))
      found.push(node.getText());
    ts.forEachChild(node, visit);
  }
  visit(tree);
  return found;
}

function isString(value: ts.JsxAttributeValue | undefined): boolean {
  if (!value) return false;
  const inner = ts.isJsxExpression(value) ? value.expression : value;
  return inner !== undefined && ts.isStringLiteralLike(inner);
}
