from datetime import UTC, datetime, timedelta

import pytest

from spa_auth.sessions.rules import Lifetime, idle_expiry, lifetime

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("expiry", "idle_setting", "expected"),
    [
        (None, None, Lifetime(14 * DAY, 90 * DAY)),
        (0, None, Lifetime(DAY, 14 * DAY)),
        (None, 2 * DAY, Lifetime(2 * DAY, 90 * DAY)),
        (None, 365 * DAY, Lifetime(90 * DAY, 90 * DAY)),
        (3600, None, Lifetime(HOUR, 90 * DAY)),
        (30 * 86400, None, Lifetime(14 * DAY, 90 * DAY)),  # shortens, never lengthens
        (NOW + HOUR, None, Lifetime(HOUR, HOUR)),
        (NOW + 365 * DAY, None, Lifetime(14 * DAY, 90 * DAY)),
    ],
)
def test_how_long_a_session_lives(
    expiry: int | datetime | None, idle_setting: timedelta | None, expected: Lifetime
) -> None:
    assert lifetime(expiry=expiry, idle_setting=idle_setting, now=NOW) == expected


def test_use_never_carries_a_session_past_its_absolute_end() -> None:
    assert idle_expiry(now=NOW, idle=DAY, expires_at=NOW + 2 * DAY) == NOW + DAY
    assert idle_expiry(now=NOW, idle=3 * DAY, expires_at=NOW + 2 * DAY) == NOW + 2 * DAY
