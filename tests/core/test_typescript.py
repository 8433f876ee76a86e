"""The expected layouts are biome's: what it prints for the same types, at a width of 100."""

from typing import Any

import pytest
from pydantic import BaseModel

from spa_auth.core.typescript import property_of, type_of

STRING = {"type": "string"}
NULL = {"type": "null"}
OBJECT = {"type": "object", "properties": {"a": STRING}, "required": ["a"]}
LONG = {"enum": ["a" * 40, "b" * 40, "c" * 40]}


def written(schema: dict[str, Any], key: str = "key") -> str:
    return property_of(key, type_of(schema), indent=0)


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"description": "Anything."},
        {"type": "file"},
        {"type": ["string", "null"]},
        {"not": STRING},
        {"$ref": "#/$defs/Missing"},
        {"$ref": "#/$defs/Itself", "$defs": {"Itself": {"$ref": "#/$defs/Itself"}}},
    ],
    ids=str,
)
def test_what_is_not_understood_is_unknown(schema: dict[str, Any]) -> None:
    assert written(schema) == "key: unknown;\n"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "format": "date-time", "maxLength": 7}, "string"),
        ({"type": "integer"}, "number"),
        ({"type": "number"}, "number"),
        ({"type": "boolean"}, "boolean"),
        (NULL, "null"),
        ({"anyOf": [STRING, NULL]}, "string | null"),
        ({"oneOf": [STRING, NULL]}, "string | null"),
        ({"anyOf": [STRING, {"anyOf": [NULL, STRING]}]}, "string | null"),
        ({"anyOf": [STRING, {"type": "string", "format": "uuid"}]}, "string"),
        ({"const": "free", "type": "string"}, '"free"'),
        ({"const": False}, "false"),
        ({"enum": ["free", 7, True, None]}, '"free" | 7 | true | null'),
        ({"enum": ['say "hi"', "it's", "\\"]}, '\'say "hi"\' | "it\'s" | "\\\\"'),
        ({"enum": ['"it\'s"']}, "'\"it\\'s\"'"),
        ({"type": "array", "items": STRING}, "string[]"),
        ({"type": "array", "items": {"anyOf": [STRING, NULL]}}, "(string | null)[]"),
        ({"type": "array", "items": {"type": "array", "items": STRING}}, "string[][]"),
        ({"type": "array"}, "unknown[]"),
        ({"type": "object", "additionalProperties": STRING}, "Record<string, string>"),
        ({"type": "object", "additionalProperties": True}, "Record<string, unknown>"),
        ({"type": "object"}, "Record<string, unknown>"),
        (
            {"type": "object", "properties": {}, "additionalProperties": False},
            "Record<string, never>",
        ),
        (
            {"$ref": "#/$defs/Plan", "$defs": {"Plan": {"enum": ["free", "paid"]}}},
            '"free" | "paid"',
        ),
    ],
    ids=str,
)
def test_what_fits_is_one_line(schema: dict[str, Any], expected: str) -> None:
    assert written(schema) == f"key: {expected};\n"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("a-b", '"a-b"'),
        ("2nd", '"2nd"'),
        ("", '""'),
        ("firstName", "firstName"),
        ("$größe_2", "$größe_2"),
        ("default", "default"),
    ],
)
def test_a_name_is_quoted_unless_it_is_an_identifier(key: str, expected: str) -> None:
    assert written(STRING, key) == f"{expected}: string;\n"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (OBJECT, "{\n  a: string;\n}"),
        ({"type": "object", "properties": {"a": STRING}}, "{\n  a?: string;\n}"),
        ({"type": "array", "items": OBJECT}, "{\n  a: string;\n}[]"),
        ({"anyOf": [OBJECT, NULL]}, "{\n  a: string;\n} | null"),
        ({"type": "array", "items": {"anyOf": [OBJECT, NULL]}}, "({\n  a: string;\n} | null)[]"),
        (
            {"type": "object", "additionalProperties": OBJECT},
            "Record<\n  string,\n  {\n    a: string;\n  }\n>",
        ),
        (
            {"anyOf": [{"type": "object", "additionalProperties": LONG}, NULL]},
            f'Record<\n  string,\n  | "{"a" * 40}"\n  | "{"b" * 40}"\n  | "{"c" * 40}"\n> | null',
        ),
        (
            {"type": "array", "items": LONG},
            f'(\n  | "{"a" * 40}"\n  | "{"b" * 40}"\n  | "{"c" * 40}"\n)[]',
        ),
        ({"const": "x" * 120}, f'"{"x" * 120}"'),
    ],
    ids=str,
)
def test_what_does_not_fit_goes_on_below(schema: dict[str, Any], expected: str) -> None:
    assert written(schema) == f"key: {expected};\n"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (LONG, f'  | "{"a" * 40}"\n  | "{"b" * 40}"\n  | "{"c" * 40}"'),
        ({"anyOf": [OBJECT, STRING]}, "  | {\n      a: string;\n    }\n  | string"),
    ],
    ids=str,
)
def test_a_long_union_begins_below_its_name(schema: dict[str, Any], expected: str) -> None:
    assert written(schema) == f"key:\n{expected};\n"


@pytest.mark.parametrize(("length", "lines"), [(79, 1), (80, 3)])
def test_the_last_of_a_hundred_columns_is_used(length: int, lines: int) -> None:
    text = written({"anyOf": [{"const": "x" * length}, NULL]}, "nine_char")
    assert len(text.splitlines()) == lines
    assert lines > 1 or len(text.rstrip("\n")) == 100


def test_the_member_before_the_last_needs_no_room_for_the_semicolon() -> None:
    """`  | Record<string, "...">` of a hundred columns; the `;` stands below, after `string`."""
    record = {"type": "object", "additionalProperties": {"const": "x" * 78}}
    first, last = written({"anyOf": [record, STRING]}), written({"anyOf": [STRING, record]})
    assert max(map(len, first.splitlines())) == 100
    assert len(first.splitlines()) == 3
    assert len(last.splitlines()) == 6


class Node(BaseModel):
    name: str
    parent: "Node | None"


def test_a_model_inside_itself_ends_in_unknown() -> None:
    expected = "key: {\n  name: string;\n  parent: unknown | null;\n};\n"
    assert written(Node.model_json_schema()) == expected
