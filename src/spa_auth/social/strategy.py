"""What Python Social Auth's backends ask of the framework they run in.

It lives for one visit to a provider. It has no session and no tables: what must outlast the way
there `flow` keeps. It is none of Python Social Auth's own classes, whose module needs OpenID 2.
"""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from social_core.backends.base import BaseAuth
from social_core.utils import setting_name

from spa_auth.core.secrets import HiddenText, keyed_digest

from . import transport

# What nobody may switch off here, and what `transport` does not do; a check names them.
NOT_READ = frozenset(
    {
        "CUSTOM_AT_HASH_ALGO",
        "ID_KEY",
        "JWT_DECODE_OPTIONS",
        "PKCE_CODE_CHALLENGE_METHOD",
        "PROXIES",
        "REDIRECT_IS_HTTPS",
        "REQUESTS_TIMEOUT",
        "URLOPEN_TIMEOUT",
        "USERNAME_AS_ID",
        "VERIFY_SSL",
    }
)


class Strategy:
    """The state of one visit, and the project's settings."""

    def __init__(
        self, *, state: str = "", data: Mapping[str, Any] | None = None, redirect_uri: str = ""
    ) -> None:
        self.state = HiddenText(state)
        self.redirect_uri = redirect_uri
        self.until = time.monotonic() + transport.ALTOGETHER
        self.verifier_sent = False
        self._data = dict(data or {})

    @property
    def verifier(self) -> HiddenText:
        """The code verifier of PKCE (RFC 7636): of this state alone, and stored nowhere."""
        return HiddenText(keyed_digest("social.verifier", self.state))

    @property
    def nonce(self) -> str:
        """The nonce of OpenID Connect, which says of an ID token that it answers this state."""
        return keyed_digest("social.nonce", self.state)

    def setting(self, name: str, default: Any = None, backend: BaseAuth[Any] | None = None) -> Any:
        """Return `SOCIAL_AUTH_<BACKEND>_<NAME>`, or `SOCIAL_AUTH_<NAME>`, or the default."""
        if name in NOT_READ:
            return default
        names = [setting_name(backend.name, name)] if backend else []
        for each in [*names, setting_name(name)]:
            if hasattr(settings, each):
                return getattr(settings, each)
        return default

    def authenticate(self, backend: Any, *args: Any, **kwargs: Any) -> Any:
        """Take what the provider said instead of running a pipeline; see `exchange`."""
        return kwargs["response"]

    def request_data(self, merge: bool = True) -> dict[str, Any]:
        """Return what came back from the provider, which `exchange` has bounded."""
        return self._data

    def absolute_uri(self, path: str | None = None) -> str:
        """Return where the provider sends people back to: nothing is built from a request."""
        return self.redirect_uri
