"""Where the counters of the limits are kept."""

from collections.abc import Iterator
from importlib.util import find_spec
from urllib.parse import urlsplit

from django.core.checks import Error, Warning  # noqa: A004
from django.db import connection

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


@rule(
    "W003",
    Warning,
    hint="Take it out of DATABASES, put django.db.transaction.non_atomic_requests on views with "
    "limits, or count in Redis: SPA_AUTH['LIMITS_REDIS'].",
)
def counted_and_undone() -> Iterator[Found]:
    """What refuses by raising undoes its transaction, and what a limit has counted with it.

    Our own endpoints run outside of `ATOMIC_REQUESTS`, the project's views do not.
    """
    if connection.settings_dict["ATOMIC_REQUESTS"] and core.limits_redis is None:
        yield Found(
            f"DATABASES[{connection.alias!r}] has ATOMIC_REQUESTS: your own views' limits do not "
            "count the requests that they refuse."
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.path if parts.scheme == "unix" else host)
