"""What a session's row and data mean: whose it is, how it was proved, how long it lives."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model

from spa_auth.core.boundary import PENDING_KEY
from spa_auth.core.state import PROOFS_KEY

from . import rules
from .models import Session

logger = logging.getLogger("spa_auth.security")


def decode(row: Session) -> dict[str, Any]:
    """Return the session's data; none, and a line in the log, where somebody damaged them."""
    try:
        data = json.loads(row.data)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        logger.warning("The data of session %s are damaged; it is treated as empty.", row.public_id)
        return {}
    return data


def proofs_of(row: Session) -> list[str]:
    """Return how the session's sign-in was proved, by what the door wrote into it."""
    return [proof["method"] for proof in decode(row).get(PROOFS_KEY, [])]


def auth_hash_of(row: Session) -> object:
    """Return what Django signs a session in with: it changes with the password."""
    return decode(row).get(HASH_SESSION_KEY)


def same_sign_in(old: Session, new: Session) -> bool:
    """Tell a session that goes on, with other data or another key, from one that begins."""
    before, after = decode(old), decode(new)
    return old.user_id == new.user_id and all(
        before.get(key) == after.get(key) for key in (PROOFS_KEY, PENDING_KEY)
    )


def user_id_of(data: dict[str, Any]) -> Any:
    """Return whose session it is, None while nobody is signed in."""
    if SESSION_KEY not in data:
        return None
    to_python: Callable[[Any], Any] = get_user_model()._meta.pk.to_python
    return to_python(data[SESSION_KEY])


def expiry_of(data: dict[str, Any]) -> int | datetime | None:
    """Return what `set_expiry()` was given; 0 where the project ends sessions with the browser."""
    expiry = data.get("_session_expiry")
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
