"""The one door: what it demands, what it keeps, what it replaces."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from spa_auth.core import events, login
from spa_auth.sessions.models import Session
from tests.conftest import ApiClient, finish


@pytest.fixture
def demands(monkeypatch: pytest.MonkeyPatch) -> dict[str, Sequence[str]]:
    """User name -> what must be done first."""
    unmet: dict[str, Sequence[str]] = {}
    monkeypatch.setattr(login, "_demands", [])
    login.make_demands(lambda user: unmet.get(user.get_username(), []))
    return unmet


def test_a_proof_signs_in(client: ApiClient, alice: User, reported: list[events.Event]) -> None:
    client.sign_in()
    row = Session.objects.get()
    assert (row.user, row.address) == (alice, "127.0.0.1")
    assert reported == [
        events.SignedIn(user_id=alice.pk, proofs=("password",), address="127.0.0.1")
    ]
    alice.refresh_from_db()
    assert alice.last_login is not None


def test_what_the_project_kept_for_a_visitor_survives_sign_in(
    client: ApiClient, alice: User
) -> None:
    client.get("/cart/?add=book")
    client.sign_in()
    assert client.get("/cart/").json() == {"cart": ["book"]}


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
    session = Session.objects.get().public_id
    signed_in.send("POST", "/api/logout/")
    signed_in.send("POST", "/api/logout/")
    assert reported == [events.SignedOut(user_id=alice.pk, session=session, address="127.0.0.1")]


def test_a_sign_in_that_waits_is_an_event_of_its_own(
    client: ApiClient,
    alice: User,
    factors: dict[str, Sequence[str]],
    second_step: None,
    reported: list[events.Event],
) -> None:
    factors["alice"] = ["totp"]
    client.sign_in()
    waits = events.SignInPending(
        user_id=alice.pk, proofs=("password",), next=("totp",), address="127.0.0.1"
    )
    assert reported == [waits]
    finish(client)
    both = ("password", "totp")
    assert reported[1:] == [events.SignedIn(user_id=alice.pk, proofs=both, address="127.0.0.1")]


def test_a_proof_that_stopped_counting_is_a_refusal_like_any_other(
    client: ApiClient,
    alice: User,
    reported: list[events.Event],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Deactivated between the check of the password and the making of the session."""
    monkeypatch.setattr(login, "lock_user", lambda user: None)
    assert client.sign_in().json()["code"] == "invalid_credentials"
    assert reported == [
        events.SignInRefused(user_id=alice.pk, method="password", address="127.0.0.1")
    ]


def test_without_a_session_there_is_no_user_to_get(rf: Any) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(login.NotAuthenticated):
        login.get_user(request)
