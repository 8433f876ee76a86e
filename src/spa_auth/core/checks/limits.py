"""Where the counters of the limits are kept."""

from collections.abc import Iterator
from importlib.util import find_spec
from urllib.parse import urlsplit

from django.core.checks import Error

from spa_auth.core.rule import Found, rule
from spa_auth.core.settings import core

_SCHEMES = ("redis", "rediss", "unix")


@rule("E005", Error, hint='SPA_AUTH = {"LIMITS_REDIS": "redis://127.0.0.1:6379/0"}')
def counters_out_of_reach() -> Iterator[Found]:
    """Without its counters no endpoint with a limit answers, sign-in among them."""
    url = core.limits_redis
    if url is None:
        return
    if not isinstance(url, str) or not _is_address(url):
        # Not the value, which may hold a password.
        yield Found("SPA_AUTH['LIMITS_REDIS'] is not the address of a Redis or Valkey server.")
    if find_spec("redis") is None:
        yield Found(
            "SPA_AUTH['LIMITS_REDIS'] is set, and the package redis is not installed.",
            'pip install "django-spa-auth[redis]"',
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.path if parts.scheme == "unix" else host)
