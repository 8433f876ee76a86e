"""Clocks that disagree, and a secret key that is replaced."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils.dateparse import parse_datetime
from time_machine import TimeMachineFixture

from spa_auth.core.errors import RateLimited
from spa_auth.core.limits import Limit, reserve
from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, jar, key_of, row_of, who_is
from tests.conftest import ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.attacks.urls")]

START = 1_800_000_000
MINUTE, HOUR, DAY = 60, 3600, 86400
SKEW = 5 * MINUTE


@pytest.fixture
def clock(time_machine: TimeMachineFixture) -> Callable[[int], None]:
    """Be on a machine whose clock shows so many seconds after the beginning."""

    def move(seconds: int) -> None:
        time_machine.move_to(START + seconds, tick=False)

    move(0)
    return move


@pytest.mark.parametrize("ahead", [SKEW, -SKEW, HOUR])
def test_a126_a_session_of_one_machine_is_good_on_another(
    alice: User, clock: Callable[[int], None], ahead: int
) -> None:
    """A126: signed in where the clock is ahead, or before it leapt back by an hour."""
    clock(ahead)
    client = browser()
    created = row_of(client)
    clock(0)
    assert who_is(key_of(client)) == "alice"
    state = client.get("/api/session/").json()["session"]
    assert parse_datetime(state["expiresAt"]) == created.expires_at
    assert parse_datetime(state["createdAt"]) == created.created_at
    # Use on either machine never moves the end away, and brings it no nearer than they disagree.
    for seconds in (0, ahead, 0):
        clock(seconds)
        answer = client.get("/cart/?add=x")
        assert 0 < answer.cookies["sessionid"]["max-age"] <= 90 * DAY + abs(ahead)
        assert abs(row_of(client).expires_at - created.expires_at).total_seconds() <= abs(ahead)
        assert row_of(client).expires_at <= created.expires_at
    clock(90 * DAY + ahead)
    assert who_is(key_of(client)) is None


def test_a126_last_seen_does_not_go_back_by_reading(
    alice: User, clock: Callable[[int], None]
) -> None:
    """A126: of two machines the one that is ahead wins, and the idle limit never shrinks."""
    client = browser()
    clock(HOUR + SKEW)
    assert who_is(key_of(client)) == "alice"
    seen = row_of(client)
    clock(HOUR)
    assert who_is(key_of(client)) == "alice"
    again = row_of(client)
    assert (again.last_seen_at, again.idle_expires_at) == (seen.last_seen_at, seen.idle_expires_at)


def test_a126_a_machine_that_is_ahead_ends_nothing_for_the_others(
    alice: User, clock: Callable[[int], None]
) -> None:
    """A126: it sees the end a little earlier; it deletes no row by seeing it."""
    key = key_of(browser())
    clock(14 * DAY - 1 + SKEW)
    assert who_is(key) is None
    clock(14 * DAY - 1)
    assert who_is(key) == "alice"


def passes(rf: Any) -> bool:
    """Whether the limit lets one more try through at this moment."""
    limit = Limit(address="1000/1m", account="10/10m", subject=str)
    try:
        reserve("test", limit, request=rf.post("/"), body="alice")
    except RateLimited:
        return False
    return True


def tries(rf: Any, *, most: int) -> int:
    """How many of so many tries the limit lets through."""
    return sum(passes(rf) for _ in range(most))


def test_a126_a_limit_is_not_forgotten_where_the_clock_is_behind(
    rf: Any, clock: Callable[[int], None]
) -> None:
    """A126: what one machine counted counts on the other; a leap back opens nothing."""
    clock(SKEW)
    assert tries(rf, most=20) == 10
    for behind in (0, SKEW - 1, -HOUR):
        clock(behind)
        assert tries(rf, most=1) == 0
    # Five minutes of disagreement are worth five minutes of tries, once, and no more.
    clock(2 * SKEW)
    assert tries(rf, most=20) == 5
    clock(SKEW)
    assert tries(rf, most=1) == 0


NEW_KEY = "a-new-secret-key-that-is-long-enough-for-every-check-0123"


def test_a127_a_session_survives_a_new_secret_key_with_the_old_one_as_fallback(
    alice: User, settings: Any
) -> None:
    """A127: it is renewed at its first use, so that the fallback can go."""
    client = browser()
    client.get("/cart/?add=book")
    before = row_of(client)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = NEW_KEY
    assert client.get("/api/whoami/").json()["username"] == "alice"
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get("/api/whoami/").json()["username"] == "alice"
    assert client.get("/cart/").json() == {"cart": ["book"]}
    after = row_of(client)
    assert (after.public_id, after.expires_at) == (before.public_id, before.expires_at)


def test_a127_without_a_fallback_every_session_is_over(alice: User, settings: Any) -> None:
    """A127: the emergency exit after a leak; what was seen dead stays dead."""
    seen, unseen = key_of(browser()), key_of(browser())
    assert (who_is(seen), who_is(unseen)) == ("alice", "alice")
    leaked, settings.SECRET_KEY = settings.SECRET_KEY, NEW_KEY
    assert who_is(seen) is None
    settings.SECRET_KEY_FALLBACKS = [leaked]
    assert (who_is(seen), who_is(unseen)) == (None, "alice")


def test_a127_a_key_that_is_nobodys_fallback_signs_nothing(alice: User, settings: Any) -> None:
    """A127: a session hash under a key that was never ours."""
    ours, settings.SECRET_KEY = settings.SECRET_KEY, "somebody-elses-" * 5
    foreign = key_of(browser())
    assert who_is(foreign) == "alice"
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = ours, [NEW_KEY]
    assert who_is(foreign) is None
    assert jar(foreign).get("/private/").status_code == 401
    assert Session.objects.count() == 0


def test_a127_limits_begin_anew_with_a_new_key_and_nothing_else_breaks(
    client: ApiClient, alice: User, settings: Any
) -> None:
    """A127: counters are keyed by an HMAC; their old rows only wait to be cleared."""
    for _ in range(10):
        assert client.sign_in("alice", "wrong").status_code == 400
    assert client.sign_in().status_code == 429
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW_KEY
    assert client.sign_in().status_code == 200
