"""Making, listing and revoking, over HTTP."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.test import override_settings
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.core import events, login, outbox
from spa_auth.core.models import Mail
from spa_auth.tokens import flow
from spa_auth.tokens.models import ApiToken
from tests.attacks.stage import browser
from tests.conftest import ApiClient
from tests.core.test_mail import mailer
from tests.tokens.stage import token_of

pytestmark = pytest.mark.django_db

ORDER: dict[str, Any] = {"name": "backup", "abilities": ["notes:read"]}


def make(client: ApiClient, **more: Any) -> dict[str, Any]:
    answer = client.send("POST", "/api/tokens/", ORDER | more)
    assert answer.status_code == 200, answer.content
    made: dict[str, Any] = answer.json()
    return made


def refused(client: ApiClient, **more: Any) -> dict[str, list[str]]:
    """The codes of what is wrong, by field."""
    answer = client.send("POST", "/api/tokens/", ORDER | more)
    assert answer.status_code == 400
    return {
        field: [each["code"] for each in errors]
        for field, errors in answer.json()["fields"].items()
    }


def test_nobody_has_tokens_at_first_and_sees_what_can_be_allowed(signed_in: ApiClient) -> None:
    assert signed_in.get("/api/tokens/").json() == {
        "tokens": [],
        "abilities": [
            {"name": "notes:read", "text": "Read your notes"},
            {"name": "notes:write", "text": "Write notes"},
        ],
    }


def test_a_token_is_shown_once_and_then_listed(signed_in: ApiClient) -> None:
    made = make(signed_in, name="  backup ")
    token, created = made["token"], made["created"]
    assert created["name"] == "backup"
    assert created["abilities"] == ["notes:read"]
    assert created["hint"] == token[-4:]
    assert created["lastUsedAt"] is None
    assert made["tokens"] == [created]
    listed = signed_in.get("/api/tokens/")
    assert listed.json()["tokens"] == [created]
    assert token not in listed.content.decode()


def test_the_newest_is_the_first(signed_in: ApiClient) -> None:
    for name in ("one", "two"):
        make(signed_in, name=name)
    assert [each["name"] for each in make(signed_in, name="three")["tokens"]] == [
        *("three", "two", "one")
    ]


def test_abilities_are_kept_once_each_in_their_order(signed_in: ApiClient) -> None:
    asked = ["notes:write", "notes:read", "notes:write"]
    assert make(signed_in, abilities=asked)["created"]["abilities"] == ["notes:read", "notes:write"]


@pytest.mark.parametrize(("more", "days"), [({}, 90), ({"days": 1}, 1), ({"days": 366}, 366)])
def test_it_expires_after_days(
    stopped_clock: None, signed_in: ApiClient, more: dict[str, int], days: int
) -> None:
    created = make(signed_in, **more)["created"]
    end = timezone.now() + datetime.timedelta(days=days)
    assert datetime.datetime.fromisoformat(created["expiresAt"]) == end


def test_it_expires_never_only_where_that_is_said(signed_in: ApiClient) -> None:
    assert make(signed_in, days=None)["created"]["expiresAt"] is None


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ({"name": ""}, {"name": ["too_short"]}),
        ({"name": " \t"}, {"name": ["too_short"]}),
        ({"name": "x" * 101}, {"name": ["too_long"]}),
        ({"abilities": []}, {"abilities": ["too_few"]}),
        ({"abilities": ["notes:read"] * 101}, {"abilities": ["too_many"]}),
        ({"abilities": "notes:read"}, {"abilities": ["wrong_type"]}),
        ({"abilities": ["notes:read", "x", "y"]}, dict.fromkeys(("abilities.1", "abilities.2"))),
        ({"days": 0}, {"days": ["too_small"]}),
        ({"days": 367}, {"days": ["too_large"]}),
        ({"days": "90"}, {"days": ["wrong_type"]}),
        ({"days": True}, {"days": ["wrong_type"]}),
        ({"user": 1}, {"user": ["unknown_field"]}),
    ],
)
def test_what_is_no_order_is_refused_by_field(
    signed_in: ApiClient, more: dict[str, Any], errors: dict[str, list[str] | None]
) -> None:
    expected = {field: codes or ["unknown_ability"] for field, codes in errors.items()}
    assert refused(signed_in, **more) == expected
    assert not ApiToken.objects.exists()


def test_making_one_asks_for_a_fresh_proof(
    signed_in: ApiClient, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now() + datetime.timedelta(minutes=16))
    answer = signed_in.send("POST", "/api/tokens/", ORDER)
    assert answer.status_code == 403
    assert answer.json()["code"] == "reauthentication_required"


def test_revoking_one_does_not(signed_in: ApiClient, time_machine: TimeMachineFixture) -> None:
    made = make(signed_in)
    time_machine.move_to(timezone.now() + datetime.timedelta(minutes=16))
    answer = signed_in.send("DELETE", f"/api/tokens/{made['created']['id']}/")
    assert answer.json()["tokens"] == []
    assert [each["name"] for each in answer.json()["abilities"]] == ["notes:read", "notes:write"]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "tokens"), ("POST", "tokens"), ("DELETE", f"tokens/{'0' * 32}")]
)
def test_strangers_are_told_to_sign_in(client: ApiClient, method: str, path: str) -> None:
    body = ORDER if method == "POST" else None
    assert client.send(method, f"/api/{path}/", body).status_code == 401


def test_nobody_sees_or_revokes_those_of_others(signed_in: ApiClient, bob: User) -> None:
    made = make(signed_in)
    other = browser("bob")
    assert other.get("/api/tokens/").json()["tokens"] == []
    assert other.send("DELETE", f"/api/tokens/{made['created']['id']}/").status_code == 404
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("public_id", ["0" * 32, "x", "0" * 33, "A" * 32])
def test_what_is_not_there_cannot_be_revoked(signed_in: ApiClient, public_id: str) -> None:
    assert signed_in.send("DELETE", f"/api/tokens/{public_id}/").status_code == 404


def test_fifty_are_enough(signed_in: ApiClient, alice: User) -> None:
    row = ApiToken(user=alice, name="n", abilities=[], hint="0000", created_at=timezone.now())
    for number in range(flow.MOST):
        row.pk, row.digest = None, f"{number:064}"
        row.save(force_insert=True)
    answer = signed_in.send("POST", "/api/tokens/", ORDER)
    assert (answer.status_code, answer.json()["code"]) == (409, "tokens.too_many")
    ApiToken.objects.filter(digest=f"{0:064}").delete()
    assert len(make(signed_in)["tokens"]) == flow.MOST


def test_its_owner_has_a_mail_that_says_nothing_of_it(signed_in: ApiClient, alice: User) -> None:
    made = make(signed_in, name="a-name-that-was-typed")
    with mailer("locmem"):
        outbox.deliver_due()
    (letter,) = django_mail.outbox
    assert letter.to == [alice.email]
    assert letter.subject == "New API token for your account"
    for text in (letter.body, letter.alternatives[0][0]):
        assert "http://localhost:8000/tokens" in text
        for said in (made["token"], made["created"]["hint"], "a-name-that-was-typed"):
            assert said not in text


def test_who_has_no_address_has_no_mail(signed_in: ApiClient) -> None:
    User.objects.update(email="")
    make(signed_in)
    assert not Mail.objects.exists()


def test_what_happened_is_told(signed_in: ApiClient, reported: list[events.Event]) -> None:
    created = make(signed_in)["created"]
    (event,) = reported
    assert isinstance(event, events.TokenCreated)
    assert (event.public_id, event.abilities) == (created["id"], ("notes:read",))
    reported.clear()
    signed_in.send("DELETE", f"/api/tokens/{created['id']}/")
    (end,) = reported
    assert isinstance(end, events.TokenRevoked)
    assert end.public_ids == (created["id"],)


def test_a_copy_of_the_data_has_them_without_the_tokens(signed_in: ApiClient) -> None:
    made = make(signed_in)
    copy = signed_in.send("POST", "/api/account/export/", {})
    assert copy.json()["sections"]["tokens"] == [made["created"]]
    assert made["token"] not in copy.content.decode()


@override_settings(SPA_AUTH={"ABILITIES": {}})
def test_where_nothing_is_offered_nobody_can_make_one(signed_in: ApiClient) -> None:
    assert refused(signed_in) == {"abilities.0": ["unknown_ability"]}


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_a_session_that_ends_meanwhile_makes_none(
    signed_in: ApiClient,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, Any],
) -> None:
    """Between the session's read and the user's lock somebody changes the password."""

    def get_user(request: Any) -> Any:
        user = request.user
        User.objects.filter(pk=user.pk).update(**change)
        return user

    monkeypatch.setattr(login, "get_user", get_user)
    assert signed_in.send("POST", "/api/tokens/", ORDER).status_code == 401
    assert not ApiToken.objects.exists()


def test_an_account_that_goes_meanwhile_makes_none(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "lock_user", lambda user: None)
    assert signed_in.send("POST", "/api/tokens/", ORDER).status_code == 401


def test_the_texts_are_in_the_language_of_the_request(signed_in: ApiClient) -> None:
    answer = signed_in.send(
        "POST",
        "/api/tokens/",
        ORDER | {"abilities": ["x"]},
        headers={"Accept-Language": "de"},
    )
    (error,) = answer.json()["fields"]["abilities.0"]
    assert error["detail"] == "Das wird hier nicht angeboten."


def test_how_many_there_are_changes_no_count_of_statements(
    signed_in: ApiClient, alice: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        signed_in.get("/api/tokens/")
    for _ in range(10):
        token_of(alice)
    with django_assert_num_queries(2):
        assert len(signed_in.get("/api/tokens/").json()["tokens"]) == 10
