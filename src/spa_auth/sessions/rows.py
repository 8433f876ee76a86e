"""What a session's row and data mean: whose it is, how it was proved, how long it lives."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.core.exceptions import ValidationError

from spa_auth.core.boundary import PENDING_KEY
from spa_auth.core.state import PROOFS_KEY, methods_of

from . import rules
from .models import Session

logger = logging.getLogger("spa_auth.security")

# Where Django keeps what `set_expiry()` was given.
EXPIRY_KEY = "_session_expiry"


def encode(data: dict[str, Any]) -> str:
    """Return the text that the row holds; TypeError for what JSON cannot say."""
    return json.dumps(data, separators=(",", ":"))


class Stored(Protocol):
    """As much of a row as it takes to read its data."""

    @property
    def public_id(self) -> str:
        """Its id in lists."""

    @property
    def data(self) -> str:
        """Its data, as text."""


def decode(row: Stored) -> dict[str, Any]:
    """Return the session's data; none, and a line in the log, where somebody damaged them."""
    try:
        data = json.loads(row.data)
        _check(data)
    except (ValueError, RecursionError):
        logger.warning("The data of session %s are damaged; it is treated as empty.", row.public_id)
        return {}
    checked: dict[str, Any] = data
    return checked


# What Django and the door write. A project's own data are its own.
_KINDS: Mapping[str, type | tuple[type, ...]] = {
    SESSION_KEY: (str, int),
    BACKEND_SESSION_KEY: str,
    HASH_SESSION_KEY: str,
    PROOFS_KEY: list,
    PENDING_KEY: dict,
    EXPIRY_KEY: (int, str),
}


def _check(data: Any) -> None:
    """Raise ValueError unless what is read later, by us or by Django, is what it should be."""
    if not isinstance(data, dict):
        raise ValueError("no object")
    for key, kind in _KINDS.items():
        if key in data and not isinstance(data[key], kind):
            raise ValueError(key)
    if any(not isinstance(proof, dict) or len(proof) != 2 for proof in data.get(PROOFS_KEY, ())):
        raise ValueError(PROOFS_KEY)
    if isinstance(data.get(EXPIRY_KEY), str):
        datetime.fromisoformat(data[EXPIRY_KEY])


def is_pending(row: Session) -> bool:
    """Tell whether a sign-in waits in this session for its next step."""
    return PENDING_KEY in decode(row)


def proofs_of(row: Session) -> list[str]:
    """Return how the session's sign-in was proved, by what the door wrote into it."""
    return methods_of(decode(row).get(PROOFS_KEY, []))


def auth_hash_of(row: Session) -> object:
    """Return what Django signs a session in with: it changes with the password."""
    return decode(row).get(HASH_SESSION_KEY)


def same_sign_in(old: Session, new: Session) -> bool:
    """Tell a session that goes on, with other data or another key, from one that begins."""
    before, after = decode(old), decode(new)
    return (
        old.user_id == new.user_id
        and before.get(PENDING_KEY) == after.get(PENDING_KEY)
        # The first proof is the sign-in's; later ones are of the same session, see `core.fresh`.
        and before.get(PROOFS_KEY, [])[:1] == after.get(PROOFS_KEY, [])[:1]
    )


def user_id_of(data: dict[str, Any]) -> Any:
    """Return whose session it is, None while nobody is signed in."""
    if SESSION_KEY not in data:
        return None
    to_python: Callable[[Any], Any] = get_user_model()._meta.pk.to_python
    try:
        return to_python(data[SESSION_KEY])
    except ValidationError:
        return None


def expiry_of(data: dict[str, Any]) -> int | datetime | None:
    """Return what `set_expiry()` was given; 0 where the project ends sessions with the browser."""
    expiry = data.get(EXPIRY_KEY)
    if expiry is None:
        return 0 if settings.SESSION_EXPIRE_AT_BROWSER_CLOSE else None
    return datetime.fromisoformat(expiry) if isinstance(expiry, str) else int(expiry)


def lifetime_of(data: dict[str, Any], now: datetime) -> rules.Lifetime:
    """Return the limits of a session with these data that begins now."""
    chosen = settings.is_overridden("SESSION_COOKIE_AGE")  # type: ignore[misc]
    return rules.lifetime(
        expiry=expiry_of(data),
        idle_setting=timedelta(seconds=settings.SESSION_COOKIE_AGE) if chosen else None,
        now=now,
    )
