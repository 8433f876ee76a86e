import json
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.account import export as account_export
from spa_auth.audit.models import Entry
from spa_auth.core import events, export, links
from spa_auth.core.body import Answer
from spa_auth.core.models import Secret
from spa_auth.password.mail import RESET
from spa_auth.sessions.models import Session
from tests.attacks.stage import browser, key_of
from tests.conftest import PASSWORD, ApiClient
from tests.people.models import EmailUser
from tests.secrets import Watch

pytestmark = pytest.mark.django_db


def exported(client: ApiClient) -> HttpResponse:
    return client.send("POST", "/api/account/export/", {})


def test_a_person_has_a_copy_of_everything(
    stopped_clock: None, signed_in: ApiClient, alice: User
) -> None:
    other = browser()
    signed_in.send("PATCH", "/api/profile/", {"lastName": "Liddell"})
    answer = exported(signed_in)
    assert answer.status_code == 200
    copy = answer.json()
    assert datetime.fromisoformat(copy["exportedAt"]) == timezone.now()
    assert copy["schema"] == "1"
    alice.refresh_from_db()
    sections = copy["sections"]
    account = sections["account"]
    assert datetime.fromisoformat(account.pop("lastLogin")) == alice.last_login
    assert datetime.fromisoformat(account.pop("dateJoined")) == alice.date_joined
    assert account == {
        "id": str(alice.pk),
        "username": "alice",
        "email": "alice@example.com",
        "emailVerified": False,
        "firstName": "Alice",
        "lastName": "Liddell",
    }
    listed = signed_in.get("/api/sessions/").json()["sessions"]
    assert sections["sessions"] == listed
    assert len(listed) == 2
    kinds = [entry["kind"] for entry in sections["activity"]]
    assert kinds == ["profile_changed", "sign_in", "sign_in"]
    assert sections["activity"][0]["details"] == {"changed": ["last_name"]}
    assert other.get("/api/whoami/").status_code == 200


def test_it_is_written_down(
    signed_in: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    reported.clear()
    exported(signed_in)
    assert reported == [events.AccountExported(user_id=alice.pk)]


def test_nothing_of_anybody_else_is_in_it(signed_in: ApiClient, bob: User) -> None:
    browser("bob")
    text = exported(signed_in).content.decode()
    assert "bob" not in text
    assert len(json.loads(text)["sections"]["sessions"]) == 1


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-CSRFToken": "x" * 64}, "csrf_failed"),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, "origin_refused"),
    ],
)
def test_no_other_page_has_it(signed_in: ApiClient, headers: dict[str, str], code: str) -> None:
    answer = signed_in.send("POST", "/api/account/export/", {}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_a_proof_that_is_not_fresh_is_not_enough(
    signed_in: ApiClient, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    assert exported(signed_in).json()["code"] == "reauthentication_required"


def test_nobody_has_none(client: ApiClient, db: None) -> None:
    assert exported(client).json()["code"] == "not_authenticated"


def test_ten_an_hour_are_enough(stopped_clock: None, signed_in: ApiClient) -> None:
    assert [exported(signed_in).status_code for _ in range(11)] == [200] * 10 + [429]


def test_no_secret_is_in_it(signed_in: ApiClient, alice: User, watch: Watch) -> None:
    other = browser()
    issued = links.issue(RESET, alice, address=alice.email)
    ApiClient().sign_in(password="not-the-password")
    signed_in.send("POST", "/api/reauthenticate/", {"password": PASSWORD})
    alice.refresh_from_db()
    text = exported(signed_in).content.decode()
    # What the product calls a secret, and what was sent and received.
    assert {str(issued.token), str(issued.code), key_of(other)} <= {*watch.secrets}
    assert watch.found_in([("the copy", text)]) == []
    kept: list[str] = [alice.password, alice.get_session_auth_hash()]
    for model in (Session, Secret):
        for row in model._default_manager.values():
            named = {name: row[name] for name in row if "digest" in name or name == "bound_to"}
            kept += [value for value in named.values() if value]
    assert len(kept) > 5
    assert [value for value in kept if value in text] == []


@override_settings(SPA_AUTH={"USER_FIELDS": ["password", "is_staff"]})
def test_a_hash_is_not_in_it_whatever_a_project_lets_its_front_end_read(alice: User) -> None:
    account = account_export.account_of(alice).model_dump(by_alias=True)
    assert account["isStaff"] is False
    assert "password" not in account


@override_settings(AUTH_USER_MODEL="people.EmailUser", SPA_AUTH={"PROFILE_FIELDS": ["born"]})
def test_a_user_model_of_the_projects_own_is_described_with_its_fields() -> None:
    account = account_export.account_of(EmailUser(email="")).model_dump(by_alias=True)
    assert account["born"] is None
    assert account["lastLogin"] is None
    assert "dateJoined" not in account


def test_the_sections_of_a_project_are_in_it_and_in_the_contract(
    signed_in: ApiClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Order(Answer):
        number: int

    monkeypatch.setattr(export, "_sections", dict(export._sections))
    export.add_section("orders", lambda: list[Order], lambda user: [Order(number=user.pk)])
    signed_in.contract = False
    assert exported(signed_in).json()["sections"]["orders"] == [{"number": alice.pk}]
    assert export.export_model() is export.export_model()
    assert "orders" in str(export.export_model().model_json_schema())


def test_what_an_operator_did_comes_without_their_place(signed_in: ApiClient, alice: User) -> None:
    Entry.objects.create(
        at=timezone.now(),
        kind="gone_room",
        outcome="done",
        user_id=str(alice.pk),
        actor_id="7",
        session="f" * 32,
        address="192.0.2.7",
        user_agent="operator",
        details={},
    )
    newest = exported(signed_in).json()["sections"]["activity"][0]
    assert newest.pop("id")
    assert newest.pop("at")
    assert newest == {
        "kind": "gone_room",
        "outcome": "done",
        "bySomebodyElse": True,
        "address": None,
        "userAgent": "",
        "session": None,
        "details": {},
    }


def test_a_big_account_costs_no_more_statements(signed_in: ApiClient, alice: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert exported(signed_in).status_code == 200
        return len(queries)

    exported(signed_in)
    before = cost()
    for _ in range(5):
        browser()
    for _ in range(60):
        events.emit(events.ProfileChanged(user_id=alice.pk, changed=()))
    assert cost() == before
