"""How long a session lives. This module is pure: the time is an argument."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# Last seen is written at most this often, so that reading does not mean writing.
SEEN_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Lifetime:
    """The idle limit, which use renews, and the absolute one, which nothing renews."""

    idle: timedelta
    absolute: timedelta


REMEMBERED: Final = Lifetime(timedelta(days=14), timedelta(days=90))
UNTIL_BROWSER_CLOSES: Final = Lifetime(timedelta(hours=24), timedelta(days=14))


def lifetime(
    *, expiry: int | datetime | None, idle_setting: timedelta | None, now: datetime
) -> Lifetime:
    """Return the lifetime of a session that begins now.

    `expiry` is what `set_expiry()` was given: 0 ends with the browser, seconds of inactivity, or
    a date. It shortens and never lengthens. `idle_setting` is the project's `SESSION_COOKIE_AGE`.
    """
    base = UNTIL_BROWSER_CLOSES if expiry == 0 else REMEMBERED
    idle = idle_setting or base.idle
    absolute = base.absolute
    if isinstance(expiry, datetime):
        absolute = min(absolute, expiry - now)
    elif expiry:
        idle = min(idle, timedelta(seconds=expiry))
    return Lifetime(min(idle, absolute), absolute)


def idle_expiry(*, now: datetime, idle: timedelta, expires_at: datetime) -> datetime:
    """Return when a session used now ends if it is not used again."""
    return min(now + idle, expires_at)
