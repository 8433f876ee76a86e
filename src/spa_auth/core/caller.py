"""Who asks for what happens now, known also where no request is passed: in signals, in flows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

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
    user: Any = getattr(request, "user", None)
    return Caller(
        user_id=user.pk if is_signed_in(request) else None,
        session=session_id(request),
        address=client_address(request),
        user_agent=user_agent(request),
    )


def is_signed_in(request: HttpRequest) -> bool:
    """Tell whether `request.user` is somebody; nobody is None under DRF, where a project says so.

    By `UNAUTHENTICATED_USER`: DRF writes it into Django's request, too.
    """
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def is_of_session(request: HttpRequest) -> bool:
    """Tell whether it is the request's session that says who `request.user` is.

    Others write it too: DRF whom its authenticators find, whatever cookie came along.
    """
    user: Any = request.user
    signed_in = signed_in_id(request)
    if signed_in is None:
        return False
    # The name by which Django's middleware, and ours, remember whom they have read from it.
    if user == getattr(request, "_cached_user", None):
        return True
    # Who has just signed in. By the hash too: nobody may have asked yet whether it still counts.
    meta = getattr(user, "_meta", None)
    if meta is None or signed_in != meta.pk.value_to_string(user):
        return False
    current = user.get_session_auth_hash() if hasattr(user, "get_session_auth_hash") else ""
    return constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), current)


def signed_in_id(request: HttpRequest) -> str | None:
    """Return whom the request's session names, dead or alive; None for nobody."""
    session = getattr(request, "session", None)
    return None if session is None else session.get(SESSION_KEY)


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
