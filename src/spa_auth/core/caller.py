"""Who asks for what happens now, known also where no request is passed: in signals, in flows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from .address import client_address

_served: ContextVar[HttpRequest | None] = ContextVar("spa_auth_served", default=None)
_LONGEST = 512


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who is signed in, in which session, from where. Nobody, outside of a request."""

    user_id: Any = None
    session: str | None = None
    address: str | None = None
    user_agent: str = ""


@contextmanager
def serving(request: HttpRequest) -> Iterator[None]:
    """Answer a request: until then `caller()` is who sent it."""
    token = _served.set(request)
    try:
        yield
    finally:
        _served.reset(token)


def caller() -> Caller:
    """Return who asks for what happens now, as they are signed in at this moment."""
    request = _served.get()
    if request is None:
        return Caller()
    user = getattr(request, "user", None)
    return Caller(
        user_id=user.pk if user is not None and user.is_authenticated else None,
        session=session_id(request),
        address=client_address(request),
        user_agent=user_agent(request),
    )


def session_id(request: HttpRequest) -> str | None:
    """Return the public id of a stored session; None where the engine gives its sessions none."""
    found: str | None = getattr(getattr(request, "session", None), "public_id", None)
    return found


def user_agent(request: HttpRequest) -> str:
    """Return the `User-Agent` header, at most 512 characters of it, ready to store and to show.

    It is what a stranger wrote: what moves a terminal's cursor (CWE-150), or what PostgreSQL cannot
    store, becomes U+FFFD.
    """
    text = request.META.get("HTTP_USER_AGENT", "")[:_LONGEST]
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
