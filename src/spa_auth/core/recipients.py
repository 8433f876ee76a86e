"""Where mail may go: one plain address that looks like what it is. This module is pure."""

import re
import unicodedata

from .identifiers import canonical_email

# Of a path, with its brackets (RFC 5321, section 4.5.3.1.3), and of what is before the `@`.
LONGEST = 254
_LONGEST_LOCAL = 64
# What separates addresses, names and comments (RFC 5322, sections 3.2.3 and 3.4).
_SPECIAL = frozenset('()<>[]:;,\\"')
# Scripts of one language: Japanese, Korean and Chinese, each with Latin letters.
_WRITTEN_TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "HANGUL"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
# A part of a host name (RFC 1123, section 2.1), as IDNA writes it.
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class RecipientRefused(ValueError):
    """No mail goes to this text; the message says why, without repeating it."""


def recipient(text: str) -> str:
    """Return the canonical form of one address. Raises RecipientRefused.

    Refused are several addresses, display names, comments and quoted parts, white space and control
    characters (CVE-2023-7028, CVE-2022-35924), what is longer than mail allows, and a part in
    letters of two scripts, such as a Cyrillic "a" in a Latin name, unless they are written together
    (UTS 39, section 5.2, "highly restrictive").
    An address wholly in letters of one other script is accepted.
    """
    if any(_is_control_or_space(letter) for letter in text):
        raise RecipientRefused("white space or a control character")
    address = canonical_email(text)
    if _SPECIAL & {*text, *address} or address.count("@") != 1:
        raise RecipientRefused("not one plain address")
    local, _, domain = address.partition("@")
    labels = domain.split(".")
    if not local or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        raise RecipientRefused("no name or no domain")
    if len(address) > LONGEST or len(local.encode()) > _LONGEST_LOCAL:
        raise RecipientRefused("too long")
    if any(_is_mixed(_scripts(part)) for part in [local, *map(_as_read, labels)]):
        raise RecipientRefused("letters of several scripts")
    return address


def _is_control_or_space(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "CZ"


def _as_read(label: str) -> str:
    try:
        return label.encode().decode("idna")
    except UnicodeError:
        raise RecipientRefused("no name or no domain") from None


def _is_mixed(scripts: set[str]) -> bool:
    return len(scripts) > 1 and not any(scripts <= together for together in _WRITTEN_TOGETHER)


def _scripts(part: str) -> set[str]:
    """Return the first words of the letters' names, which is how Unicode names a script."""
    names = (unicodedata.name(letter, "") for letter in part if letter.isalpha())
    return {re.split("[ -]", name)[0] for name in names}
