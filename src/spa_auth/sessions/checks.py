"""System checks of the sessions room."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004
from django.utils.module_loading import import_string

from spa_auth.core import devices
from spa_auth.core.checks.mail import is_shown
from spa_auth.core.origins import is_loopback
from spa_auth.core.rule import Found, rule

from .settings import sessions

ENGINE = "spa_auth.sessions.engine"
MIDDLEWARE = "spa_auth.sessions.middleware."
_WRITE = f'SESSION_ENGINE = "{ENGINE}"'
_SIGNED_COOKIES, _CACHE, _CACHED_DB = (
    f"django.contrib.sessions.backends.{name}" for name in ("signed_cookies", "cache", "cached_db")
)
_PER_PROCESS = ("LocMemCache", "DummyCache")


@rule("W020", Warning, hint=f"{_WRITE}, or take out the sessions room.")
def another_engine() -> Iterator[Found]:
    """With another engine sessions are not listed, and only end where that engine looks."""
    engine = settings.SESSION_ENGINE
    if engine not in (ENGINE, _SIGNED_COOKIES, _CACHE, _CACHED_DB):
        yield Found(f"SESSION_ENGINE is {engine!r}: sessions are not listed and cannot be revoked.")


@rule("R46", Error, hint=_WRITE)
def sessions_in_cookies() -> Iterator[Found]:
    """A session that only its cookie holds cannot be ended: signing out leaves every copy alive."""
    if settings.SESSION_ENGINE == _SIGNED_COOKIES:
        yield Found("SESSION_ENGINE is 'signed_cookies': sessions cannot be revoked.")


@rule("R47", Warning, hint=_WRITE)
def sessions_in_the_cache() -> Iterator[Found]:
    """A save that was on its way brings a revoked session back; an outage signs everybody out."""
    if settings.SESSION_ENGINE == _CACHE:
        yield Found("SESSION_ENGINE is 'cache': revoking races, and eviction signs people out.")


@rule("R48", Warning, hint=_WRITE)
def sessions_kept_twice() -> Iterator[Found]:
    """A row that is deleted lives on in the cache, so that revoking has no effect."""
    if settings.SESSION_ENGINE == _CACHED_DB:
        yield Found("SESSION_ENGINE is 'cached_db': a deleted session goes on in the cache.")


@rule("R49", Error, hint=_WRITE, deploy=True)
def cache_of_one_process() -> Iterator[Found]:
    """A cache that each process has for itself forgets a session at the next process.

    Asked where sessions are in a cache: our limits are counted in the database.
    """
    backend = _session_cache().get("BACKEND", "")
    if backend.endswith(_PER_PROCESS):
        yield Found(f"SESSION_ENGINE keeps sessions in {backend!r}, which each process has anew.")


@rule("R50", Error, hint=_WRITE, deploy=True)
def sessions_that_run_code() -> Iterator[Found]:
    """Who can write a pickle into the store runs code on the server; Django's caches are pickles.

    Our engine stores JSON, and reads a serializer's text only of sessions that move over.
    """
    if _pickles(settings.SESSION_SERIALIZER):
        yield Found(
            f"SESSION_SERIALIZER is {settings.SESSION_SERIALIZER!r}, which unpickles.",
            'SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"',
        )
    for server in _servers(_session_cache().get("LOCATION", "")):
        parts = urlsplit(server)
        open_to_all = not parts.password and not is_loopback(parts.hostname or "localhost")
        if parts.scheme in ("redis", "rediss") and open_to_all:
            yield Found(
                f"Sessions are pickles in {server!r}, which asks for no password.",
                "LOCATION with a password, a server for sessions alone, or our engine.",
            )


@rule("R62", Warning, hint="SESSION_SAVE_EVERY_REQUEST = False")
def saved_every_time() -> Iterator[Found]:
    """Every page then sets the cookie, public ones too; idle limits slide without it."""
    if settings.SESSION_SAVE_EVERY_REQUEST:
        yield Found("SESSION_SAVE_EVERY_REQUEST is True: every answer sets the session's cookie.")


@rule(
    "R67",
    Warning,
    hint="Extend SafeExceptionReporterFilter.hidden_settings by the cookie's name.",
    deploy=True,
)
def key_in_reports() -> Iterator[Found]:
    """Error reports hide the cookie that `SESSION_COOKIE_NAME` names, not one that moves over."""
    name = sessions.django_session_cookie
    if name and settings.ADMINS and is_shown(name):
        yield Found(
            f"The cookie {name!r} of SPA_AUTH['DJANGO_SESSION_COOKIE'] opens a session, and error "
            "reports show it to ADMINS."
        )


@rule("W021", Warning, hint=f'Put "{MIDDLEWARE}SessionMiddleware" in the place of Django\'s.')
def middleware_of_djangos() -> Iterator[Found]:
    """With Django's middleware reading a session and its user costs a query more."""
    if settings.SESSION_ENGINE != ENGINE:
        return
    for name in ("SessionMiddleware", "AuthenticationMiddleware"):
        if f"{MIDDLEWARE}{name}" not in settings.MIDDLEWARE:
            yield Found(
                f"MIDDLEWARE has Django's {name}.", f'Put "{MIDDLEWARE}{name}" in its place.'
            )


@rule("W022", Warning, hint='pip install "django-spa-auth[sessions]"')
def devices_without_names() -> Iterator[Found]:
    """Without ua-parser the list of sessions cannot say which device each is."""
    if not devices.AVAILABLE:
        yield Found("Devices in the list of sessions have no names: ua-parser is not installed.")


def _session_cache() -> dict[str, Any]:
    """Return the settings of the cache that holds sessions, empty where none does."""
    if settings.SESSION_ENGINE not in (_CACHE, _CACHED_DB):
        return {}
    cache: dict[str, Any] = settings.CACHES.get(settings.SESSION_CACHE_ALIAS, {})
    return cache


def _servers(location: str | Sequence[str]) -> Sequence[str]:
    return location.split(",") if isinstance(location, str) else location


def _pickles(path: str) -> bool:
    try:
        loads = import_string(path).loads
    except (ImportError, AttributeError):  # Django says so when a session is read
        return False
    # Not by the name alone: a serializer of the project's own calls pickle.loads in its own.
    code = getattr(loads, "__code__", None)
    return "pickle" in path.lower() or (code is not None and "pickle" in code.co_names)
