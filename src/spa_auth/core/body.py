"""From bytes to a validated body: bounded JSON, no ambiguity, every field error at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NoReturn, TypeVar

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from .errors import BodyTooLarge, InvalidBody, type_text
from .secrets import HiddenText

MAX_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 32

# Marks a text that no error report may show, after its constraints:
# `code: Annotated[str, StringConstraints(max_length=6), SECRET]`. The contract stays as it is.
SECRET: Final = AfterValidator(HiddenText)


class Body(BaseModel):
    """Base of request bodies: strict types, camelCase keys, unknown keys refused."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        hide_input_in_errors=True,
    )


class EmptyBody(Body):
    """No content: nothing at all, or `{}`."""


class Answer(BaseModel):
    """Base of answers: camelCase keys, nothing undeclared."""

    model_config = ConfigDict(
        extra="forbid", alias_generator=to_camel, validate_by_name=True, validate_by_alias=False
    )


B = TypeVar("B", bound=Body)

# Our codes and texts by pydantic's error type. Its own texts are never shown: they are English
# and name Python types.
_FIELD_ERRORS: Final[Mapping[str, tuple[str, type_text]]] = {
    "missing": ("required", _("This is needed.")),
    "extra_forbidden": ("unknown_field", _("This field is not known here.")),
    "string_too_short": ("too_short", _("This is too short.")),
    "string_too_long": ("too_long", _("This is too long.")),
    "string_type": ("wrong_type", _("This must be text.")),
    "list_type": ("wrong_type", _("This must be a list.")),
    "too_short": ("too_few", _("More is needed here.")),
    "too_long": ("too_many", _("This is too much.")),
    "greater_than_equal": ("too_small", _("This number is too small.")),
    "less_than_equal": ("too_large", _("This number is too large.")),
    "bool_type": ("wrong_type", _("This must be true or false.")),
    "int_type": ("wrong_type", _("This must be a whole number.")),
    "string_pattern_mismatch": ("wrong_form", _("This does not have the right form.")),
    "address": ("invalid_address", _("Mail cannot go to this address.")),
    "one_proof": ("one_proof", _("Send either the token, or the address and the code.")),
    "one_answer": ("one_answer", _("Send either the code or the error of the provider.")),
    "identifier": (
        "one_identifier",
        _("Send exactly one of username, email and login."),
    ),
}
_NOT_JSON: Final = _("The body is not JSON.")
_OTHER: Final = ("invalid", _("This is not valid."))
_PARAMS: Final = {"min_length": "min", "max_length": "max", "ge": "min", "le": "max"}


class _Unreadable(Exception):
    def __init__(self, code: str, detail: type_text) -> None:
        self.code = code
        self.detail = detail


def parse_body(raw: bytes, model: type[B]) -> B:
    """Read a JSON object into `model`.

    Raises BodyTooLarge above 64 KB and InvalidBody with `fields` for everything else: not UTF-8,
    not JSON (RFC 8259), not an object, deeper than 32, a key twice, NaN, NUL, a lone surrogate,
    and what the model refuses. No password is hashed and no row is read before this has passed.
    """
    if len(raw) > MAX_BYTES:
        raise BodyTooLarge
    try:
        _scan(raw)
    except _Unreadable as error:
        raise InvalidBody(fields={"": [field_error(error.code, error.detail)]}) from None
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise InvalidBody(fields=field_errors(found)) from None


def not_json() -> InvalidBody:
    """Return what is said to a body that another parser could not read as JSON."""
    return InvalidBody(fields={"": [field_error("not_json", _NOT_JSON)]})


def field_error(
    code: str, detail: object, params: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Build one entry of a problem's `fields`."""
    entry: dict[str, Any] = {"code": code, "detail": str(detail)}
    if params:
        entry["params"] = dict(params)
    return entry


def field_errors(found: Iterable[Mapping[str, Any]]) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Build a problem's `fields` from pydantic's errors, each with the path in its `loc`."""
    fields: dict[str, list[Mapping[str, Any]]] = {}
    for item in found:
        path = ".".join(str(part) for part in item["loc"])
        fields.setdefault(path, []).append(_field_error_of(item))
    return dict(fields)


def required() -> dict[str, Any]:
    """Build the entry of a field that is needed and was not sent."""
    return field_error(*_FIELD_ERRORS["missing"])


def _field_error_of(item: Mapping[str, Any]) -> dict[str, Any]:
    code, detail = _FIELD_ERRORS.get(item["type"], _OTHER)
    context = item.get("ctx", {})
    params = {ours: context[theirs] for theirs, ours in _PARAMS.items() if theirs in context}
    return field_error(code, detail, params)


def _scan(raw: bytes) -> None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _Unreadable("not_utf8", _("The body is not UTF-8.")) from None
    # Before parsing: json.loads recurses, and its limit differs between Python versions.
    if _depth(text) > MAX_DEPTH:
        raise _Unreadable("too_deep", _("The JSON is nested too deeply."))
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except ValueError:  # also: an integer of more digits than Python converts
        raise _Unreadable("not_json", _NOT_JSON) from None
    if not isinstance(value, dict):
        raise _Unreadable("not_an_object", _("The body must be a JSON object."))
    _check_text(value)


def _depth(text: str) -> int:
    depth = deepest = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Unreadable("duplicate_key", _("The JSON names a key twice."))
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _check_text(value: object) -> None:
    if isinstance(value, str):
        # PostgreSQL cannot store NUL, and UTF-8 cannot encode a lone surrogate: both would be 500.
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise _Unreadable("bad_character", _("The text has a character that is not allowed."))
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
