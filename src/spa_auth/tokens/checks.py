"""System checks of the tokens room."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import Error

from spa_auth.core import carriers
from spa_auth.core.rule import Found, rule

from . import rules
from .settings import tokens


@rule("E030", Error, hint='SPA_AUTH = {"TOKEN_PREFIX": "shop"}')
def prefix_that_scanners_miss() -> Iterator[Found]:
    """Secret scanners know a token by what it begins with, and people mark it by a double click."""
    prefix = tokens.token_prefix
    # What is no text E002 names.
    if isinstance(prefix, str) and not rules.is_prefix(prefix):
        yield Found(
            f"SPA_AUTH['TOKEN_PREFIX'] is {prefix!r}: two to sixteen small letters and digits, "
            "the first a letter."
        )


@rule("E031", Error, hint="Take it out of CORS_ALLOW_HEADERS.")
def header_for_browsers() -> Iterator[Found]:
    """A session's key in a header is for clients that are no browsers, where scripts would hold it.

    A request that brings it from a browser is refused, whatever CORS says.
    """
    allowed: object = getattr(settings, "CORS_ALLOW_HEADERS", ())
    for name in allowed if isinstance(allowed, list | tuple) else ():
        if str(name).lower() == carriers.KEY_HEADER.lower():
            yield Found(f"CORS_ALLOW_HEADERS lets pages of other origins send {name!r}.")
