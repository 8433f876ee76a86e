"""The one door: what it demands, what it keeps, what it replaces."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from time_machine import TimeMachineFixture

from spa_auth.core import events, login
from spa_auth.core.body import Answer, EmptyBody
from spa_auth.core.endpoint import endpoint, registry
from spa_auth.core.state import session_state, session_state_model
from spa_auth.sessions.models import Session
from tests.conftest import ApiClient

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def factors(monkeypatch: pytest.MonkeyPatch) -> dict[str, Sequence[str]]:
    """User name -> enrolled factors, as a room would name them."""
    enrolled: dict[str, Sequence[str]] = {}
    monkeypatch.setattr(login, "_factors", [])
    login.offer_factors(lambda user: enrolled.get(user.get_username(), []))
    return enrolled


@pytest.fixture
def demands(monkeypatch: pytest.MonkeyPatch) -> dict[str, Sequence[str]]:
    """User name -> what must be done first."""
    unmet: dict[str, Sequence[str]] = {}
    monkeypatch.setattr(login, "_demands", [])
    login.make_demands(lambda user: unmet.get(user.get_username(), []))
    return unmet


@pytest.fixture
def second_step(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An endpoint that proves a second factor, as a room would declare it."""

    @endpoint("POST", "csrf", body=EmptyBody, returns=session_state_model)
    def prove(request: HttpRequest, body: EmptyBody) -> Answer:
        user = login.pending_user(request)
        login.advance(request, login.Proof(user=user, method="totp", backend=BACKEND))
        return session_state(request)

    yield
    del registry["csrf"]["POST"]


def finish(client: ApiClient) -> HttpResponse:
    client.contract = False  # this endpoint exists in this file only
    response = client.send("POST", "/api/csrf/", {})
    client.contract = True
    return response


def test_a_proof_signs_in(client: ApiClient, alice: User, reported: list[events.Event]) -> None:
    client.sign_in()
    row = Session.objects.get()
    assert (row.user, row.address) == (alice, "127.0.0.1")
    assert reported == [
        events.SignedIn(user_id=alice.pk, proofs=("password",), address="127.0.0.1")
    ]
    alice.refresh_from_db()
    assert alice.last_login is not None


def test_the_key_changes_at_every_sign_in_also_of_the_same_person(signed_in: ApiClient) -> None:
    before = signed_in.cookies["sessionid"].value
    signed_in.sign_in()
    assert signed_in.cookies["sessionid"].value != before
    assert Session.objects.count() == 1


def test_what_the_project_kept_for_a_visitor_survives_sign_in(
    client: ApiClient, alice: User
) -> None:
    client.get("/cart/?add=book")
    planted = client.cookies["sessionid"].value
    client.sign_in()
    assert client.get("/cart/").json() == {"cart": ["book"]}
    client.cookies["sessionid"] = planted
    assert client.get("/cart/").json() == {"cart": []}


def test_nothing_of_ours_that_was_planted_survives(client: ApiClient, alice: User) -> None:
    session = client.session
    session.update({"_spa_auth_proofs": [{"method": "totp", "at": "x"}], "_spa_auth_x": 1, "y": 2})
    session.save()
    client.sign_in()
    assert client.session["_spa_auth_proofs"][0]["method"] == "password"
    assert "_spa_auth_x" not in client.session
    assert client.session["y"] == 2


def test_signing_in_as_somebody_else_ends_the_first_session(
    signed_in: ApiClient, bob: User
) -> None:
    signed_in.get("/cart/?add=alices")
    signed_in.sign_in("bob")
    assert Session.objects.get().user == bob
    assert signed_in.get("/cart/").json() == {"cart": []}


def test_a_second_factor_makes_a_sign_in_wait(
    client: ApiClient, alice: User, factors: dict[str, Sequence[str]]
) -> None:
    factors["alice"] = ["totp", "recovery_code"]
    response = client.sign_in()
    assert response.json()["status"] == "pending"
    assert response.json()["next"] == ["totp", "recovery_code"]
    assert client.get("/api/whoami/").status_code == 401
    assert client.get("/api/session/").json()["status"] == "pending"
    assert Session.objects.get().user is None


def test_the_second_factor_finishes_it(
    client: ApiClient, alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    factors["alice"] = ["totp"]
    client.sign_in(remember=False)
    pending = client.cookies["sessionid"].value
    assert finish(client).status_code == 200
    state = client.get("/api/session/").json()
    assert state["session"]["proofs"] == ["password", "totp"]
    assert client.cookies["sessionid"].value != pending
    assert client.cookies["sessionid"]["max-age"] == ""  # `remember` outlives the first step
    assert Session.objects.get().user == alice


def test_a_pending_sign_in_acts_only_with_its_token(
    client: ApiClient, alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    factors["alice"] = ["totp"]
    client.sign_in()
    client.token = ""
    assert finish(client).json()["code"] == "csrf_failed"


def test_a_demand_makes_a_sign_in_wait_after_the_factor(
    client: ApiClient,
    alice: User,
    factors: dict[str, Sequence[str]],
    demands: dict[str, Sequence[str]],
    second_step: None,
) -> None:
    factors["alice"], demands["alice"] = ["totp"], ["email_verification"]
    assert client.sign_in().json()["next"] == ["totp"]
    assert finish(client).json()["next"] == ["email_verification"]


def test_a_pending_sign_in_ends_after_ten_minutes(
    client: ApiClient,
    alice: User,
    factors: dict[str, Sequence[str]],
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(1_800_000_000, tick=False)
    factors["alice"] = ["totp"]
    client.sign_in()
    time_machine.shift(599)
    assert client.get("/api/session/").json()["status"] == "pending"
    time_machine.shift(1)
    assert client.get("/api/session/").json()["status"] == "anonymous"


def test_a_new_start_replaces_a_pending_one(
    client: ApiClient, alice: User, bob: User, factors: dict[str, Sequence[str]]
) -> None:
    factors["alice"] = ["totp"]
    client.sign_in("alice")
    client.sign_in("bob")
    assert client.get("/api/whoami/").json()["username"] == "bob"
    assert client.get("/api/session/").json()["session"]["proofs"] == ["password"]
    assert Session.objects.count() == 1


def test_starting_another_sign_in_ends_the_one_that_was_there(
    signed_in: ApiClient, bob: User, factors: dict[str, Sequence[str]]
) -> None:
    factors["bob"] = ["totp"]
    signed_in.sign_in("bob")
    assert signed_in.get("/api/whoami/").status_code == 401
    assert Session.objects.get().user is None


def test_signing_out_ends_a_pending_sign_in(
    client: ApiClient, alice: User, factors: dict[str, Sequence[str]]
) -> None:
    factors["alice"] = ["totp"]
    client.sign_in()
    assert client.send("POST", "/api/logout/").json()["status"] == "anonymous"
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda user: user.set_password("another-long-password"),
        lambda user: setattr(user, "is_active", False),
    ],
    ids=["password", "deactivation"],
)
def test_a_changed_password_and_a_deactivation_end_a_pending_sign_in(
    client: ApiClient,
    alice: User,
    factors: dict[str, Sequence[str]],
    second_step: None,
    change: Callable[[AbstractBaseUser], None],
) -> None:
    factors["alice"] = ["totp"]
    client.sign_in()
    change(alice)
    alice.save()
    assert finish(client).status_code == 401
    assert Session.objects.filter(user=alice).count() == 0


def test_a_backend_that_was_removed_ends_a_pending_sign_in(
    client: ApiClient,
    alice: User,
    factors: dict[str, Sequence[str]],
    second_step: None,
    settings: Any,
) -> None:
    factors["alice"] = ["totp"]
    client.sign_in()
    settings.AUTHENTICATION_BACKENDS = []
    assert finish(client).status_code == 401


def test_a_failing_receiver_leaves_everything_as_it_was(client: ApiClient, alice: User) -> None:
    def fail(event: events.Event, **_: Any) -> None:
        raise RuntimeError

    client.raise_request_exception = False
    events.recorded.connect(fail, sender=events.SignedIn)
    try:
        assert client.sign_in().status_code == 500
    finally:
        events.recorded.disconnect(fail, sender=events.SignedIn)
    assert Session.objects.count() == 0
    assert "sessionid" not in client.cookies
    alice.refresh_from_db()
    assert alice.last_login is None


def test_signing_out_is_an_event_only_for_who_was_signed_in(
    signed_in: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    signed_in.send("POST", "/api/logout/")
    signed_in.send("POST", "/api/logout/")
    assert reported == [events.SignedOut(user_id=alice.pk, address="127.0.0.1")]


def test_without_a_session_there_is_no_user_to_get(rf: Any) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(login.NotAuthenticated):
        login.get_user(request)
