"""Facts that other code may react to. What must happen is a call, what may happen is an event."""

import logging
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal

# Sent with `event=`, inside the transaction of what it reports: a receiver that fails undoes it.
recorded = Signal()
# Sent with `event=`, after the commit: a receiver that fails is logged and changes nothing.
notified = Signal()

logger = logging.getLogger("spa_auth")
security_logger = logging.getLogger("spa_auth.security")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. Events carry no secret."""


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """An authenticated session was made."""

    user_id: Any
    proofs: tuple[str, ...]
    address: str | None


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """A person ended their own session."""

    user_id: Any
    address: str | None


@dataclass(frozen=True, kw_only=True)
class SessionsRevoked(Event):
    """Sessions of a user were ended from elsewhere: by the person, or by an operator."""

    user_id: Any
    public_ids: tuple[str, ...]
    address: str | None


@dataclass(frozen=True, kw_only=True)
class SignInRefused(Event):
    """A proof was wrong. What was typed is not kept: people type passwords into the wrong field."""

    method: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """A person changed fields of their own profile."""

    user_id: Any
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RequestRefused(Event):
    """A request was refused at the boundary: where it came from, its token or its cookies."""

    code: str
    path: str
    address: str | None


def is_recorded(kind: type[Event]) -> bool:
    """Tell whether a receiver of `recorded` writes down such events, in the same transaction."""
    return recorded.has_listeners(kind)


def emit(event: Event) -> None:
    """Record the event now, notify after the commit, and write one log line.

    Raises what a receiver of `recorded` raises.
    """
    recorded.send(type(event), event=event)
    # Outside a transaction nothing is opened for it: most refusals never touch the database.
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(partial(_notify, event), robust=True)
    else:
        _notify(event)
    log = security_logger.warning if isinstance(event, _REFUSALS) else security_logger.info
    # %r escapes line breaks and control characters: a path cannot forge a second line.
    log("%s %s", type(event).__name__, {f.name: getattr(event, f.name) for f in fields(event)})


_REFUSALS = (SignInRefused, RequestRefused)


def _notify(event: Event) -> None:
    for receiver, outcome in notified.send_robust(type(event), event=event):
        if isinstance(outcome, Exception):
            logger.error("%r failed on %s", receiver, type(event).__name__, exc_info=outcome)
