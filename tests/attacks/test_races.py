"""Races: threads with database connections of their own, stopped where it hurts."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from spa_auth.sessions import flow
from spa_auth.sessions.models import Session
from spa_auth.sessions.rules import SEEN_EVERY
from tests.attacks.stage import (
    at_once,
    browser,
    held,
    jar,
    key_of,
    public_id_of,
    stopping,
    who_is,
)
from tests.attacks.views import PATIENCE
from tests.conftest import PASSWORD, ApiClient, finish
from tests.hashers import CheapPBKDF2

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.attacks.urls")]

NEW = "another-long-password"


def sign_out(owner: ApiClient) -> None:
    assert owner.send("POST", "/api/logout/").status_code == 200


def revoke_from_elsewhere(owner: ApiClient) -> None:
    other = browser()
    path = f"/api/sessions/{public_id_of(owner)}/"
    assert other.send("DELETE", path).status_code == 200
    sign_out(other)


def revoke_all(owner: ApiClient) -> None:
    assert flow.revoke_all(User.objects.get(username="alice")) > 0


def revoke_others(owner: ApiClient) -> None:
    assert owner.send("POST", "/api/sessions/revoke-others/").status_code == 200


def deactivate(owner: ApiClient) -> None:
    user = User.objects.get(username="alice")
    user.is_active = False
    user.save()


def delete(owner: ApiClient) -> None:
    User.objects.get(username="alice").delete()


def reset_password(owner: ApiClient) -> None:
    user = User.objects.get(username="alice")
    user.set_password(NEW)
    user.save()


def assert_over(slow: Any, key: str) -> None:
    """The request that was in flight got 401 and no session, and left none behind."""
    assert slow.status_code == 401
    assert slow["Content-Type"] == "application/problem+json"
    assert "sessionid" not in slow.cookies or slow.cookies["sessionid"].value == ""
    assert who_is(key) is None
    assert jar(key).get("/cart/").json() == {"cart": []}
    assert Session.objects.count() == 0


@pytest.mark.parametrize("end", [sign_out, revoke_from_elsewhere, revoke_all, deactivate, delete])
@pytest.mark.parametrize("before", ["change", "stop"])
@pytest.mark.parametrize("change", ["data", "key", "hash"])
def test_a07_a_request_in_flight_does_not_bring_a_session_back(
    alice: User, end: Callable[[ApiClient], None], before: str, change: str
) -> None:
    """A07: it has read the session, the session ends, and then it stores data or a new key."""
    owner = browser()
    key = key_of(owner)
    assert jar(key).get(f"/cart/?add={change}").json() == {"cart": [change]}
    with held(lambda: jar(key).get(f"/slow/{before}/{change}/")) as answer:
        end(owner)
    assert_over(answer.result(), key)


@pytest.mark.parametrize("before", ["change", "stop"])
def test_a07_without_an_ending_the_same_request_is_stored(alice: User, before: str) -> None:
    """A07: the premise of the test above."""
    key = key_of(browser())
    with held(lambda: jar(key).get(f"/slow/{before}/data/")) as answer:
        assert who_is(key) == "alice"
    assert answer.result().status_code == 200
    assert who_is(key) == "alice"
    assert Session.objects.get().data.count('"seen":true') == 1


def test_a07_an_anonymous_session_does_not_come_back_either(alice: User) -> None:
    """A07: a visitor signs in while a request of the anonymous session is in flight."""
    client = ApiClient()
    client.get("/cart/?add=bait")
    key = key_of(client)
    with held(lambda: jar(key).get("/slow/stop/data/")) as answer:
        client.sign_in()
    assert answer.result().status_code == 401
    assert jar(key).get("/cart/").json() == {"cart": []}
    assert [row.user for row in Session.objects.all()] == [alice]


def test_a07_noting_that_a_session_was_seen_does_not_bring_it_back(alice: User) -> None:
    """A07: a request that only reads, stopped before its write of last-seen, which is due."""
    owner = browser()
    key = key_of(owner)
    long_ago = Session.objects.get().last_seen_at - SEEN_EVERY
    Session.objects.update(last_seen_at=long_ago)
    with held(stopping(lambda: jar(key).get("/api/whoami/"))) as answer:
        assert Session.objects.get().last_seen_at == long_ago
        assert flow.revoke_all(alice) == 1
    assert answer.result().json()["username"] == "alice"  # it had read her before the end
    assert who_is(key) is None
    assert Session.objects.count() == 0


def sign_in_again(owner: ApiClient) -> None:
    owner.sign_in()


def change_password(owner: ApiClient) -> None:
    owner.send("POST", "/change-password/", headers={"X-New-Password": NEW})


@pytest.mark.parametrize("renew", [sign_in_again, change_password])
@pytest.mark.parametrize("change", ["data", "key", "hash"])
def test_a07_a_request_in_flight_does_not_bring_back_what_was_renewed(
    alice: User, renew: Callable[[ApiClient], None], change: str
) -> None:
    """A07: the key changes while a request of the old one is in flight; the new one lives on."""
    owner = browser()
    old = key_of(owner)
    assert who_is(old) == "alice"
    with held(lambda: jar(old).get(f"/slow/stop/{change}/")) as answer:
        renew(owner)
    assert answer.result().status_code == 401
    assert key_of(owner) != old
    assert (who_is(old), who_is(key_of(owner))) == (None, "alice")
    assert Session.objects.count() == 1


@pytest.mark.parametrize("change", ["data", "key", "hash"])
@pytest.mark.parametrize("end", [revoke_others, revoke_all, deactivate, reset_password])
def test_a08_nobody_stays_by_using_a_stolen_cookie_all_the_time(
    alice: User, end: Callable[[ApiClient], None], change: str
) -> None:
    """A08: stolen cookies are used and renewed without a pause while their owner ends them."""
    own = browser()
    kept = public_id_of(own)
    thieves = [jar(key_of(browser())) for _ in range(3)]
    busy = Barrier(len(thieves) + 1)
    ended = Event()

    def hold_on(thief: ApiClient) -> str | None:
        assert thief.get(f"/change/{change}/").status_code == 200
        busy.wait(PATIENCE)
        while not ended.is_set():
            thief.get(f"/change/{change}/")
        return who_is(key_of(thief))

    def end_them() -> None:
        busy.wait(PATIENCE)
        try:
            end(own)
        finally:
            ended.set()

    outcomes = at_once(end_them, *[partial(hold_on, thief) for thief in thieves])
    assert outcomes == [None] * 4
    assert [row.public_id for row in Session.objects.all()] in ([], [kept])


@pytest.mark.parametrize("end", [sign_out, revoke_all, sign_in_again, change_password])
def test_a07_a_request_in_flight_leaves_the_cookie_to_those_who_came_later(
    alice: User, end: Callable[[ApiClient], None]
) -> None:
    """A07: its answer may come last, and would delete the cookie of the session that is new."""
    owner = browser()
    with held(lambda: jar(key_of(owner)).get("/slow/stop/data/")) as answer:
        end(owner)
    assert answer.result().status_code == 401
    assert "sessionid" not in answer.result().cookies


@pytest.fixture
def half_way(alice: User, factors: dict[str, Sequence[str]], second_step: None) -> ApiClient:
    """A browser in which alice's second factor is asked for."""
    factors["alice"] = ["totp"]
    client = ApiClient()
    assert client.sign_in().json()["status"] == "pending"
    return client


def copy_of(client: ApiClient) -> ApiClient:
    """The same browser, for another thread."""
    copy = jar(key_of(client))
    copy.get("/api/csrf/")
    return copy


def test_a07_a_sign_in_that_was_given_up_is_not_finished(half_way: ApiClient) -> None:
    """A07: the second step is in flight when the person gives up."""
    second = copy_of(half_way)
    with held(stopping(lambda: finish(second))) as answer:
        sign_out(half_way)
    assert answer.result().status_code == 401
    assert Session.objects.count() == 0


def test_a07_a_sign_in_over_a_session_that_ends_meanwhile_is_no_fault(
    alice: User, factors: dict[str, Sequence[str]]
) -> None:
    """A07: the visitor's session is over when the first step of a sign-in is stored."""
    factors["alice"] = ["totp"]
    client = ApiClient()
    client.get("/cart/?add=book")
    client.raise_request_exception = False
    with held(stopping(client.sign_in)) as answer:
        Session.objects.all().delete()
    assert answer.result().status_code in {200, 401}
    assert client.sign_in().json()["status"] == "pending"


def test_a05_a_pending_sign_in_is_finished_once(half_way: ApiClient) -> None:
    """A05: the second step is sent four times at the same moment."""
    copies = [copy_of(half_way) for _ in range(4)]
    answers = at_once(*[partial(finish, copy) for copy in copies])
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    assert Session.objects.count() == 1


def test_a11_a_sign_in_in_flight_does_not_wait_for_her_to_be_active_again(alice: User) -> None:
    """A11: the password was accepted, then she is deactivated, then the session is stored."""
    thief = ApiClient()
    with held(stopping(thief.sign_in)):
        deactivate(thief)
    User.objects.update(is_active=True)
    assert thief.get("/api/whoami/").status_code == 401


def test_a127_requests_at_once_survive_a_new_secret_key(alice: User, settings: Any) -> None:
    """A127: a page that loads sends six; each finds the hash of the old key."""
    key = key_of(browser())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-secret-key-that-is-long-enough-for-every-check-0123"
    answers = at_once(*[lambda: jar(key).get("/private/") for _ in range(6)])
    assert [answer.status_code for answer in answers] == [200] * 6
    for answer in answers:
        assert who_is(answer.cookies["sessionid"].value if answer.cookies else key) == "alice"


def test_a130_an_upgraded_hash_does_not_bring_the_old_password_back(alice: User) -> None:
    """A130: the old password is checked, replaced by its owner, and then hashed anew."""
    User.objects.update(password=CheapPBKDF2().encode(PASSWORD, "salt", 400))
    thief = ApiClient()
    with held(stopping(lambda: thief.sign_in("alice", PASSWORD))):
        reset_password(thief)
    alice.refresh_from_db()
    assert (alice.check_password(PASSWORD), alice.check_password(NEW)) == (False, True)


def test_a09_a_sign_in_with_the_old_password_in_flight_is_worth_nothing(alice: User) -> None:
    """A09: the old password was accepted, then it is replaced, then the session is stored."""
    thief = ApiClient()
    with held(stopping(lambda: thief.sign_in("alice", PASSWORD))) as answer:
        reset_password(thief)
    assert answer.result().status_code == 400
    assert "sessionid" not in thief.cookies
    assert thief.sign_in("alice", PASSWORD).status_code == 400
    assert thief.sign_in("alice", NEW).status_code == 200


def change_name(client: ApiClient) -> HttpResponse:
    return client.send("PATCH", "/api/profile/", {"lastName": "Liddell"})


def sign_in(client: ApiClient) -> HttpResponse:
    return client.sign_in()


@pytest.mark.parametrize("write", [change_name, sign_in])
@pytest.mark.parametrize("meanwhile", [deactivate, reset_password])
def test_a130_a_write_of_ours_undoes_nothing(
    alice: User,
    write: Callable[[ApiClient], HttpResponse],
    meanwhile: Callable[[ApiClient], None],
) -> None:
    """A130: it has read the user; before it writes, the user is changed by somebody else."""
    client = browser()
    before = User.objects.values().get()
    with held(stopping(lambda: write(client))) as answer:
        meanwhile(client)
        changed = User.objects.values().get()
        assert changed != before
    assert answer.result().status_code == (200 if write is change_name else 400)
    after = User.objects.values().get()
    written = {"last_name"} if write is change_name else set()
    assert {name for name in after if after[name] != changed[name]} == written
