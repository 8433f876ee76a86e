"""Lifetimes: exact to the second, kept on the server, and no use goes beyond the absolute one."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from time_machine import TimeMachineFixture

from spa_auth.sessions.engine import SessionStore
from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, jar, key_of, row_of, who_is
from tests.conftest import ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.attacks.urls")]

START = 1_800_000_000
MINUTE, HOUR, DAY = 60, 3600, 86400
# remember -> idle, absolute
LIFETIMES = [(True, 14 * DAY, 90 * DAY), (False, DAY, 14 * DAY)]


@pytest.fixture(autouse=True)
def at(time_machine: TimeMachineFixture) -> Callable[[int], None]:
    """Set the clock to so many seconds after the beginning, and stop it there."""

    def move(seconds: int) -> None:
        time_machine.move_to(START + seconds, tick=False)

    move(0)
    return move


@pytest.mark.parametrize(("remember", "idle", "absolute"), LIFETIMES)
def test_a14_an_idle_session_ends_to_the_second(
    alice: User, at: Callable[[int], None], remember: bool, idle: int, absolute: int
) -> None:
    """A14: alive one second before, over at the limit, and use has renewed it in between."""
    copies = [key_of(browser(remember=remember)) for _ in range(2)]
    at(idle - 1)
    assert who_is(copies[0]) == "alice"
    at(idle)
    assert [who_is(key) for key in copies] == ["alice", None]
    at(idle - 1 + idle)
    assert who_is(copies[0]) is None


def read(client: ApiClient) -> Any:
    return client.get("/api/whoami/")


def write(client: ApiClient) -> Any:
    return client.get("/cart/?add=x")


def new_key(client: ApiClient) -> Any:
    return client.get("/change/key/")


def change_password(client: ApiClient) -> Any:
    new = {"X-New-Password": "another-long-password"}
    return client.send("POST", "/change-password/", headers=new)


@pytest.mark.parametrize("use", [read, write, new_key, change_password])
@pytest.mark.parametrize(("remember", "idle", "absolute"), LIFETIMES)
def test_a14_no_use_extends_the_absolute_limit(
    alice: User,
    at: Callable[[int], None],
    use: Callable[[ApiClient], Any],
    remember: bool,
    idle: int,
    absolute: int,
) -> None:
    """A14: used all the time, up to one second before; then it is over."""
    client = browser(remember=remember)
    for seconds in [*range(0, absolute, idle - HOUR), absolute - 1]:
        at(seconds)
        assert use(client).status_code == 200
    assert who_is(key_of(client)) == "alice"
    at(absolute)
    assert who_is(key_of(client)) is None


def test_a14_the_browser_is_told_the_absolute_limit_and_never_more(
    alice: User, at: Callable[[int], None]
) -> None:
    """A14: a cookie that is set again counts down."""
    client = ApiClient()
    assert client.sign_in().cookies["sessionid"]["max-age"] == 90 * DAY
    at(10 * DAY)
    assert write(client).cookies["sessionid"]["max-age"] == 80 * DAY
    assert new_key(client).cookies["sessionid"]["max-age"] == 80 * DAY


def test_a14_without_remember_the_cookie_ends_with_the_browser(alice: User) -> None:
    """A14: a shared computer; the server's limits are shorter too."""
    cookie = ApiClient().sign_in(remember=False).cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    row = Session.objects.get()
    assert (row.expires_at - row.created_at).total_seconds() == 14 * DAY
    assert (row.idle_expires_at - row.created_at).total_seconds() == DAY


@pytest.mark.parametrize(
    ("used_at", "lives_on"), [(MINUTE - 1, False), (MINUTE, True), (MINUTE + 1, True)]
)
def test_a14_use_is_noted_at_most_once_a_minute(
    alice: User, at: Callable[[int], None], used_at: int, lives_on: bool
) -> None:
    """A14: the price of cheap reading is that the last minute's use may not count."""
    key = key_of(browser())
    at(used_at)
    assert who_is(key) == "alice"
    at(14 * DAY)
    assert who_is(key) == ("alice" if lives_on else None)


@pytest.mark.parametrize("remember", [True, False])
def test_a14_signing_in_again_begins_anew_and_nothing_else_does(
    alice: User, at: Callable[[int], None], remember: bool
) -> None:
    """A14: only a new proof starts a new absolute limit."""
    client = browser(remember=remember)
    first = row_of(client)
    at(HOUR)
    for use in (read, write, new_key):
        assert use(client).status_code == 200
    later = row_of(client)
    assert (later.created_at, later.expires_at) == (first.created_at, first.expires_at)
    assert later.public_id == first.public_id
    assert later.last_seen_at > first.last_seen_at
    client.sign_in(remember=remember)
    assert row_of(client).expires_at - first.expires_at == later.last_seen_at - first.created_at


def test_a14_set_expiry_lengthens_nothing(alice: User) -> None:
    """A14: the project's code asks for a century."""
    client = browser()
    before = row_of(client)
    store = SessionStore(key_of(client))
    store.set_expiry(100 * 365 * DAY)
    store.save()
    after = row_of(client)
    assert after.data != before.data
    assert (after.expires_at, after.idle_expires_at) == (before.expires_at, before.idle_expires_at)


def test_a14_a_pending_sign_in_ends_after_ten_minutes_whatever_is_done_with_it(
    alice: User, at: Callable[[int], None], factors: dict[str, Sequence[str]]
) -> None:
    """A14: half a sign-in is not kept alive by using it."""
    factors["alice"] = ["totp"]
    client = ApiClient()
    assert client.sign_in().cookies["sessionid"]["max-age"] == 10 * MINUTE

    def status() -> str:
        found: str = jar(key_of(client)).get("/api/session/").json()["status"]
        return found

    for minute in range(10):
        at(minute * MINUTE)
        assert write(client).status_code == 200
        assert status() == "pending"
    at(10 * MINUTE - 1)
    assert status() == "pending"
    at(10 * MINUTE)
    assert status() == "anonymous"


def test_a14_a_sign_in_that_is_begun_again_has_its_ten_minutes(
    alice: User, at: Callable[[int], None], factors: dict[str, Sequence[str]]
) -> None:
    """A14: the limit is that of this start, not of the one before or of a visitor's session."""
    factors["alice"] = ["totp"]
    client = ApiClient()
    client.sign_in()
    at(9 * MINUTE)
    assert client.sign_in().cookies["sessionid"]["max-age"] == 10 * MINUTE
    at(19 * MINUTE - 1)
    assert client.get("/api/session/").json()["status"] == "pending"
    at(19 * MINUTE)
    assert client.get("/api/session/").json()["status"] == "anonymous"
