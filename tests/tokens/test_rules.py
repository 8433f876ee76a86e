import re

import pytest

from spa_auth.tokens import rules
from tests.paths import ROOT

KNOWN = "sat_0000000000000000000000000000000000000000000"
TOKEN = f"{KNOWN}3WX26P"


def test_a_token_is_one_word_with_a_prefix() -> None:
    for token in (TOKEN, rules.new_token("sat")):
        assert re.fullmatch(r"sat_[0-9A-Za-z]{49}", token)
        assert rules.is_token(token, prefix="sat")


def test_no_two_are_the_same_and_every_sign_of_the_alphabet_comes() -> None:
    made = [rules.new_token("x1") for _ in range(200)]
    assert len(set(made)) == 200
    assert len(set("".join(token[3:46] for token in made))) == 62


@pytest.mark.parametrize(
    ("body", "expected"), [("", "000000"), ("123456789", "3jZRME"), (KNOWN, "3WX26P")]
)
def test_the_checksum_is_the_crc_in_base_62(body: str, expected: str) -> None:
    """The check value of CRC-32, 0xCBF43926, is that of "123456789"."""
    assert rules.checksum(body) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sat_",
        TOKEN[:-1],
        TOKEN + "0",
        TOKEN.replace("sat_", "tas_"),
        "SAT" + TOKEN[3:],
        TOKEN[:-1] + "Q",
        TOKEN[:10] + "1" + TOKEN[11:],
        KNOWN[:-1] + "-" + rules.checksum(KNOWN[:-1] + "-"),
        KNOWN[:-1] + "\u0660" + rules.checksum(KNOWN[:-1] + "\u0660"),
        KNOWN[:-1] + "\ud800" + "000000",
    ],
)
def test_whatever_else_is_no_token(text: str) -> None:
    assert not rules.is_token(text, prefix="sat")


@pytest.mark.parametrize("prefix", ["sat", "x1", "a" * 16])
def test_a_prefix_is_a_short_word(prefix: str) -> None:
    assert rules.is_prefix(prefix)
    assert rules.is_token(rules.new_token(prefix), prefix=prefix)


@pytest.mark.parametrize("prefix", ["", "a", "a" * 17, "1a", "Sat", "s_t", "s t", "sät"])
def test_whatever_else_is_no_prefix(prefix: str) -> None:
    assert not rules.is_prefix(prefix)


def test_the_pattern_of_the_page_finds_tokens_and_nothing_else() -> None:
    page = (ROOT / "docs" / "tokens.md").read_text()
    (pattern,) = re.findall(r"^(\\bsat_.*)$", page, re.MULTILINE)
    assert re.findall(pattern, f'key = "{TOKEN}"; other = sat_{"x" * 50}') == [TOKEN]
