"""Judging passwords as ASVS 5.0 asks for (6.2.1 to 6.2.12): their length and what is known of them.

In the settings: `AUTH_PASSWORD_VALIDATORS = [*ASVS, BREACHED]`.
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any, Final
from urllib.request import Request, urlopen

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext as _

logger = logging.getLogger("spa_auth")

_DJANGOS = "django.contrib.auth.password_validation."
# Eight characters or more and no rules of composition; Django's list has enough of that length.
ASVS: Final[Sequence[Mapping[str, Any]]] = (
    {"NAME": f"{_DJANGOS}MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": f"{_DJANGOS}CommonPasswordValidator"},
    {"NAME": f"{_DJANGOS}UserAttributeSimilarityValidator"},
)
BREACHED: Final[Mapping[str, Any]] = {
    "NAME": "spa_auth.password.validators.BreachedPasswordValidator"
}
# A range has about 900 lines of 40 bytes.
_MOST_BYTES = 1_000_000


class BreachedPasswordValidator:
    """Refuse a password that is in a known breach, asked of a service by k-anonymity.

    Five of forty hex digits of its SHA-1 leave this server; about 900 passwords share them.
    The answer is padded, so that its length tells nothing (haveibeenpwned.com/API/v3).
    Where the service is away or slow the password passes, and a line of the log says so.
    `url` is where the five digits are appended, `timeout` is in seconds.
    """

    def __init__(
        self, url: str = "https://api.pwnedpasswords.com/range/", timeout: float = 1.0
    ) -> None:
        if not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise ImproperlyConfigured(f"BreachedPasswordValidator: {url!r} is not https.")
        self.url = url
        self.timeout = timeout

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password that is known."""
        found = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if found[5:] in self._known(found[:5]):
            raise ValidationError(
                _("This password is in a list of stolen ones. Choose another one."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("Your password can't be one that is known from data breaches.")

    def _known(self, start: str) -> set[str]:
        headers = {"Add-Padding": "true", "User-Agent": "django-spa-auth"}
        # The scheme is checked above.
        request = Request(self.url + start, headers=headers)  # noqa: S310
        try:
            with urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                lines = answer.read(_MOST_BYTES).decode("ascii").splitlines()
        except (OSError, HTTPException, UnicodeError) as error:
            logger.warning("breached passwords: %s, not asked", type(error).__name__)
            return set()
        pairs = (line.split(":") for line in lines)
        # What pads the answer occurs zero times.
        return {pair[0] for pair in pairs if len(pair) == 2 and pair[1] != "0"}
