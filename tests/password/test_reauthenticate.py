from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import override_settings
from time_machine import TimeMachineFixture

from spa_auth.core import events, fresh, login
from spa_auth.core.body import Answer, EmptyBody
from spa_auth.core.endpoint import endpoint, registry
from spa_auth.core.errors import InvalidCredentials, ReauthenticationRequired
from spa_auth.core.state import session_state, session_state_model
from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, key_of, who_is
from tests.conftest import BACKEND, PASSWORD, ApiClient

MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dangerous() -> Iterator[None]:
    """An endpoint that asks for a fresh proof, as a room would declare it."""

    @endpoint(
        "POST",
        "csrf",
        body=EmptyBody,
        returns=session_state_model,
        needs_session=True,
        fresh=True,
    )
    def act(request: HttpRequest, body: EmptyBody) -> Answer:
        return session_state(request)

    yield
    del registry["csrf"]["POST"]


@pytest.fixture
def hours_ago(alice: User, time_machine: TimeMachineFixture) -> ApiClient:
    """A browser in which alice signed in two hours ago."""
    time_machine.move_to(1_800_000_000, tick=False)
    client = browser()
    time_machine.shift(timedelta(hours=2))
    return client


def act(client: ApiClient) -> tuple[int, object]:
    client.contract = False  # this endpoint exists in tests only
    answer = client.send("POST", "/api/csrf/", {})
    client.contract = True
    said = answer.json()
    return answer.status_code, said.get("ways", said.get("code"))


def prove(client: ApiClient, password: str = PASSWORD) -> int:
    return client.send("POST", "/api/reauthenticate/", {"password": password}).status_code


def test_a_sign_in_is_fresh_for_fifteen_minutes(
    alice: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    client = browser()
    time_machine.shift(timedelta(minutes=15))
    assert act(client) == (200, None)
    time_machine.shift(timedelta(seconds=1))
    assert act(client) == (403, ["password"])


@override_settings(SPA_AUTH={"FRESH_MINUTES": 60})
def test_the_project_says_how_long(hours_ago: ApiClient, time_machine: TimeMachineFixture) -> None:
    assert act(hours_ago)[0] == 403
    prove(hours_ago)
    time_machine.shift(timedelta(minutes=60))
    assert act(hours_ago) == (200, None)


def test_a_proof_of_the_future_is_none(hours_ago: ApiClient) -> None:
    for row in Session.objects.all():
        row.data = row.data.replace("2027", "2127")
        row.save()
    assert act(hours_ago)[0] == 403


def test_who_proves_it_again_goes_on_in_the_same_session(hours_ago: ApiClient) -> None:
    before = Session.objects.get()
    old, token = key_of(hours_ago), hours_ago.token
    assert act(hours_ago) == (403, ["password"])
    assert prove(hours_ago) == 200
    assert act(hours_ago) == (200, None)
    after = Session.objects.get()
    assert (after.public_id, after.created_at, after.expires_at) == (
        before.public_id,
        before.created_at,
        before.expires_at,
    )
    assert key_of(hours_ago) != old
    assert hours_ago.token != token
    assert who_is(old) is None


def test_the_session_does_not_grow(hours_ago: ApiClient) -> None:
    for _ in range(3):
        assert prove(hours_ago) == 200
    assert hours_ago.get("/api/session/").json()["session"]["proofs"] == ["password"]


def test_a_hash_that_is_renewed_meanwhile_ends_nothing(alice: User) -> None:
    client = browser()
    alice.password = make_password(PASSWORD, hasher="md5")
    alice.save()
    with override_settings(PASSWORD_HASHERS=[MD5]):
        client.sign_in()
    assert prove(client) == 200  # and the hash is of the first hasher now
    assert client.get("/api/whoami/").status_code == 200
    client.send("POST", "/api/logout/", {})
    for _ in range(11):
        ApiClient().sign_in("alice", "wrong")
    assert client.sign_in().status_code == 200  # a device that is known


def test_a_wrong_password_proves_nothing(
    hours_ago: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    assert prove(hours_ago, "wrong") == 400
    assert act(hours_ago) == (403, ["password"])
    assert reported == [events.ReauthenticationRefused(user_id=alice.pk, method="password")]
    assert [prove(hours_ago, "wrong") for _ in range(10)] == [400] * 9 + [429]


def test_nobody_is_asked_to_sign_in_first(client: ApiClient, alice: User) -> None:
    assert prove(client) == 401
    assert act(client) == (401, "not_authenticated")


def test_without_a_password_there_is_no_such_way(hours_ago: ApiClient, alice: User) -> None:
    alice.set_unusable_password()
    alice.save()
    hours_ago.get("/plain-login/?as=alice")
    hours_ago.get("/api/session/")
    assert act(hours_ago) == (403, [])


def test_a_session_of_others_has_no_proofs(client: ApiClient, alice: User) -> None:
    client.get("/plain-login/?as=alice")
    client.get("/api/session/")
    assert act(client) == (403, ["password"])
    assert prove(client) == 200
    assert act(client) == (200, None)


def test_the_proof_of_somebody_else_is_none(alice: User, bob: User) -> None:
    request = HttpRequest()
    request.user = alice
    with pytest.raises(InvalidCredentials):
        fresh.renew(request, login.Proof(user=bob, method="password", backend=BACKEND))


def test_it_is_declared() -> None:
    assert ReauthenticationRequired in registry["csrf"]["POST"].declared_errors()
