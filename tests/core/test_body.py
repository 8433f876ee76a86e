import json
from typing import Any

import pytest
from pydantic import Field

from spa_auth.core.body import MAX_DEPTH, Body, parse_body
from spa_auth.core.errors import BodyTooLarge, InvalidBody


class Sample(Body):
    some_text: str = Field(max_length=5)
    flag: bool = False
    anything: Any = None


def codes(raw: bytes) -> dict[str, list[str]]:
    with pytest.raises(InvalidBody) as refusal:
        parse_body(raw, Sample)
    assert refusal.value.fields is not None
    return {path: [item["code"] for item in items] for path, items in refusal.value.fields.items()}


def test_a_valid_body_becomes_its_model() -> None:
    assert parse_body(b'{"someText": "abc", "flag": true}', Sample) == Sample.model_validate(
        {"someText": "abc", "flag": True}
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b'{"someText": NaN}', "not_json"),
        (b'{"someText": Infinity}', "not_json"),
        (b'{"someText": 1' + b"0" * 5000 + b"}", "not_json"),
        (b"\xef\xbb\xbf{}", "not_json"),
        (b"[]", "not_an_object"),
        (b"1", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b'{"someText": "\xff"}', "not_utf8"),
        ('{"someText": "a"}'.encode("utf-16"), "not_utf8"),
        (b'{"someText": "a", "someText": "b"}', "duplicate_key"),
        (b'{"anything": {"a": 1, "a": 2}}', "duplicate_key"),
        (b'{"someText": "\\u0000"}', "bad_character"),
        (b'{"someText": "\\ud800"}', "bad_character"),
        (b'{"anything": ["\\udfff"]}', "bad_character"),
        (b'{"\\u0000": 1}', "bad_character"),
        (b"[" * 10_000 + b"]" * 10_000, "too_deep"),
        (b'{"anything": ' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}", "too_deep"),
    ],
)
def test_a_body_that_cannot_be_read_says_why(raw: bytes, code: str) -> None:
    assert codes(raw) == {"": [code]}


def test_brackets_inside_text_are_not_depth() -> None:
    text = json.dumps({"someText": "[", "anything": '\\"' + "[" * 100}).encode()
    assert parse_body(text, Sample).some_text == "["


def test_the_largest_depth_is_accepted() -> None:
    inner = b"[" * (MAX_DEPTH - 1) + b"]" * (MAX_DEPTH - 1)
    assert parse_body(b'{"someText": "a", "anything": ' + inner + b"}", Sample).some_text == "a"


def test_more_than_64_kb_is_too_large() -> None:
    with pytest.raises(BodyTooLarge):
        parse_body(b" " * (64 * 1024 + 1), Sample)


def test_every_field_error_is_reported_at_once_with_its_path_and_code() -> None:
    assert codes(b'{"someText": "too long", "flag": 1, "more": 1}') == {
        "someText": ["too_long"],
        "flag": ["wrong_type"],
        "more": ["unknown_field"],
    }


def test_the_python_name_of_a_field_is_not_its_name_in_json() -> None:
    assert codes(b'{"some_text": "a"}') == {
        "someText": ["required"],
        "some_text": ["unknown_field"],
    }


def test_a_limit_is_told_in_params_and_the_input_is_never_repeated() -> None:
    with pytest.raises(InvalidBody) as refusal:
        parse_body(b'{"someText": "secret"}', Sample)
    problem = refusal.value.problem()
    assert problem["fields"]["someText"] == [
        {"code": "too_long", "detail": "This is too long.", "params": {"max": 5}}
    ]
    assert "secret" not in json.dumps(problem)


def test_an_error_type_without_a_text_of_its_own_is_still_translated() -> None:
    class Bounded(Body):
        number: int = Field(gt=3)

    with pytest.raises(InvalidBody) as refusal:
        parse_body(b'{"number": 1}', Bounded)
    assert refusal.value.problem()["fields"]["number"][0]["code"] == "invalid"
