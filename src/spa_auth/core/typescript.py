"""From JSON Schema to TypeScript, laid out as biome would: two spaces, 100 columns."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

_WIDTH = 100
_KEYWORDS = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}


class Type(Protocol):
    """A type, and its two layouts."""

    def flat(self) -> str | None:
        """Return the type on one line, None where it never stands on one."""

    def broken(self, indent: int, beside: int) -> str:
        """Return the type on lines that begin at `indent`.

        `beside` is how many columns stand before and after it, on its first and last line.
        """


def type_of(schema: Mapping[str, Any]) -> Type:
    """Return the type of a schema that brings its definitions; `unknown` where it says nothing.

    A schema inside itself is `unknown` too, because a type without a name cannot repeat itself.
    """
    return _type(schema, schema.get("$defs", {}))


def property_of(key: str, value: Type, *, indent: int, optional: bool = False) -> str:
    """Return a property of an object or interface, with its indentation and its end of line."""
    name = key if key.replace("$", "_").isidentifier() else _quoted(key)
    head = f"{name}{'?' if optional else ''}:"
    text = _laid_out(value, indent, len(head) + len(" ;"))
    if text.startswith("|"):
        # A union of several lines begins below its name, where there is room again.
        text = value.broken(indent + 2, len(";"))
        return f"{_pad(indent)}{head}\n{_pad(indent + 2)}{text};\n"
    return f"{_pad(indent)}{head} {text};\n"


@dataclass(frozen=True)
class _Word:
    text: str

    def flat(self) -> str:
        return self.text

    def broken(self, indent: int, beside: int) -> str:
        return self.text


@dataclass(frozen=True)
class _Object:
    properties: tuple[tuple[str, Type, bool], ...]

    def flat(self) -> None:
        return None

    def broken(self, indent: int, beside: int) -> str:
        lines = (
            property_of(key, value, indent=indent + 2, optional=optional)
            for key, value, optional in self.properties
        )
        return "{\n" + "".join(lines) + _pad(indent) + "}"


@dataclass(frozen=True)
class _Array:
    item: Type

    def flat(self) -> str | None:
        item = self.item.flat()
        if item is None:
            return None
        return f"({item})[]" if isinstance(self.item, _Union) else f"{item}[]"

    def broken(self, indent: int, beside: int) -> str:
        if not isinstance(self.item, _Union):
            return self.item.broken(indent, beside + len("[]")) + "[]"
        if self.item.hugs():
            return f"({self.item.broken(indent, beside + len('()[]'))})[]"
        inside = indent + 2
        return f"(\n{_pad(inside)}{self.item.broken(inside, 0)}\n{_pad(indent)})[]"


@dataclass(frozen=True)
class _Record:
    value: Type

    def flat(self) -> str | None:
        value = self.value.flat()
        return None if value is None else f"Record<string, {value}>"

    def broken(self, indent: int, beside: int) -> str:
        inside = _pad(indent + 2)
        value = _laid_out(self.value, indent + 2, 0)
        return f"Record<\n{inside}string,\n{inside}{value}\n{_pad(indent)}>"


@dataclass(frozen=True)
class _Union:
    members: tuple[Type, ...]

    def flat(self) -> str | None:
        members = [member.flat() for member in self.members]
        known = [member for member in members if member is not None]
        return " | ".join(known) if len(known) == len(members) else None

    def hugs(self) -> bool:
        """Tell a lone object that may be null: it needs no lines of its own."""
        others = [member for member in self.members if member != _NULL]
        return len(others) == 1 and isinstance(others[0], _Object | _Record)

    def broken(self, indent: int, beside: int) -> str:
        if self.hugs():
            null = beside + len(" | null")
            return " | ".join(_laid_out(member, indent, null) for member in self.members)
        *members, last = self.members
        lines = [f"| {_laid_out(member, indent + 2, 0)}" for member in members]
        lines.append(f"| {_laid_out(last, indent + 2, beside)}")
        return f"\n{_pad(indent)}".join(lines)


_NULL = _Word("null")


def _type(schema: object, definitions: Mapping[str, Any]) -> Type:
    found: Type = _Word("unknown")
    match schema:
        case {"$ref": str(reference)}:
            name = reference.rpartition("/")[2]
            others = {key: value for key, value in definitions.items() if key != name}
            found = _type(definitions.get(name), others)
        case {"const": value}:
            found = _literal(value)
        case {"enum": values}:
            found = _union(map(_literal, values))
        case {"anyOf": members} | {"oneOf": members}:
            found = _union(_type(member, definitions) for member in members)
        case {"type": "object", **rest}:
            found = _object(rest, definitions)
        case {"type": "array", **rest}:
            found = _Array(_type(rest.get("items"), definitions))
        case {"type": str(name)} if name in _KEYWORDS:
            found = _Word(_KEYWORDS[name])
    return found


def _object(schema: Mapping[Any, Any], definitions: Mapping[str, Any]) -> Type:
    if properties := schema.get("properties"):
        required = schema.get("required", ())
        return _Object(
            tuple(
                (key, _type(value, definitions), key not in required)
                for key, value in properties.items()
            )
        )
    if schema.get("additionalProperties") is False:
        return _Record(_Word("never"))
    return _Record(_type(schema.get("additionalProperties"), definitions))


def _union(members: Iterable[Type]) -> Type:
    """Make a union without repetitions; of one member, that member."""
    found: dict[Type, None] = {}
    for member in members:
        found |= dict.fromkeys(member.members if isinstance(member, _Union) else [member])
    return _Union(tuple(found)) if len(found) > 1 else next(iter(found))


def _literal(value: object) -> _Word:
    return _Word(_quoted(value) if isinstance(value, str) else json.dumps(value))


def _quoted(text: str) -> str:
    """Quote as biome does: in the quotes of which fewer must be escaped."""
    double = json.dumps(text, ensure_ascii=False)
    if text.count('"') <= text.count("'"):
        return double
    return "'" + double[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def _laid_out(value: Type, indent: int, beside: int) -> str:
    flat = value.flat()
    if flat is None or indent + beside + len(flat) > _WIDTH:
        return value.broken(indent, beside)
    return flat


def _pad(indent: int) -> str:
    return " " * indent
