"""A language that translates everything, so that what is left in English was never translated."""

import re
from typing import Any

import pytest
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

# Each text begins with it, so that two in a row are seen. The apostrophe has to be escaped in HTML.
BEGIN = "'\u00ab"
# Letters of no alphabet that the sentences are written in.
_LETTERS = {ord(letter): chr(ord(letter) + 0xFEE0) for letter in map(chr, range(65, 123))}
_LEFT_ALONE = re.compile(r"(%(?:\(\w+\))?[a-z])")


def in_foreign(text: str) -> str:
    """Translate a text; its placeholders stay."""
    pieces = _LEFT_ALONE.split(text)
    changed = [p if _LEFT_ALONE.fullmatch(p) else p.translate(_LETTERS) for p in pieces]
    result = BEGIN + "".join(changed)
    return mark_safe(result) if isinstance(text, SafeString) else result


def english_in(text: str) -> list[str]:
    """Find the words that were not translated."""
    return re.findall(r"[A-Za-z]+", text)


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak it, whatever language is asked for."""

    def plural(one: str, many: str, number: int) -> str:
        return in_foreign(one if number == 1 else many)

    catalogue: Any = translation._trans
    monkeypatch.setattr(catalogue, "gettext", in_foreign)
    monkeypatch.setattr(catalogue, "pgettext", lambda _, text: in_foreign(text))
    monkeypatch.setattr(catalogue, "ngettext", plural)
