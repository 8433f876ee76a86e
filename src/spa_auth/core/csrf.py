"""The CSRF token of an answer: Django's, only made with two system calls instead of sixty-four."""

import os
from string import ascii_letters, digits
from typing import Final

from django.http import HttpRequest

# Django's secret (`django.middleware.csrf`): a token is a mask of this length, and what it masks.
_LENGTH: Final = 32
_CHARACTERS: Final = (ascii_letters + digits).encode()
_PLACES: Final = {character: place for place, character in enumerate(_CHARACTERS)}
# 248 of 256 bytes stand for a character, each character for four; the rest would favour some.
_FAIR: Final = 256 - 256 % len(_CHARACTERS)
_TABLE: Final = bytes(_CHARACTERS[byte % len(_CHARACTERS)] for byte in range(256))
_UNFAIR: Final = bytes(range(_FAIR, 256))


def token_of(request: HttpRequest) -> str:
    """Return the request's token, masked anew for every answer (CVE-2013-3587, BREACH)."""
    if "CSRF_COOKIE" not in request.META:
        renew_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    mask = _random()
    masked = bytes(
        _CHARACTERS[(_PLACES[one] + _PLACES[other]) % len(_CHARACTERS)]
        for one, other in zip(request.META["CSRF_COOKIE"].encode(), mask, strict=True)
    )
    return (mask + masked).decode()


def renew_token(request: HttpRequest) -> None:
    """Give the request another secret; its cookie comes with the answer."""
    request.META["CSRF_COOKIE"] = _random().decode()
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True


def _random() -> bytes:
    found = b""
    while len(found) < _LENGTH:
        found += os.urandom(_LENGTH + _LENGTH // 2).translate(_TABLE, _UNFAIR)
    return found[:_LENGTH]
