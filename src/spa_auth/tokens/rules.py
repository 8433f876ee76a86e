"""What an API token looks like. This module is pure.

`<prefix>_<43 characters of chance><6 of a checksum>`, all of base 62: one word for whoever marks
it with a double click. The checksum lets a scanner, and us, tell a token from what only looks like
one without asking anybody; it proves nothing.
"""

import re
import secrets
import zlib
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final

_ALPHABET: Final = digits + ascii_uppercase + ascii_lowercase
# 62 ** 43 is above 2 ** 256.
_CHANCE: Final = 43
# 62 ** 6 is above 2 ** 32.
_CHECKSUM: Final = 6
_PREFIX: Final = re.compile(r"[a-z][a-z0-9]{1,15}")


def is_prefix(text: str) -> bool:
    """Tell whether a prefix is two to sixteen small letters and digits, the first a letter."""
    return _PREFIX.fullmatch(text) is not None


def new_token(prefix: str) -> str:
    """Return a token that nobody has."""
    body = f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(_CHANCE))}"
    return body + checksum(body)


def is_token(text: str, *, prefix: str) -> bool:
    """Tell whether a text is a token of this prefix, by its form and its checksum."""
    head = f"{prefix}_"
    right_length = len(text) == len(head) + _CHANCE + _CHECKSUM
    # The alphabet too: its digest is of ASCII alone.
    if not (right_length and text.startswith(head) and set(text[len(head) :]) <= {*_ALPHABET}):
        return False
    return text[-_CHECKSUM:] == checksum(text[:-_CHECKSUM])


def checksum(body: str) -> str:
    """Return the CRC-32 of what stands before it, in six digits of base 62."""
    rest, found = zlib.crc32(body.encode()), ""
    for _ in range(_CHECKSUM):
        rest, digit = divmod(rest, len(_ALPHABET))
        found = _ALPHABET[digit] + found
    return found
