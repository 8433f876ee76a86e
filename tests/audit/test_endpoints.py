"""What a person reads about their own account."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.audit.models import Entry
from spa_auth.core import events
from spa_auth.sessions.models import Session
from tests.conftest import PASSWORD, ApiClient
from tests.contract import contract

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
NAMELESS = {"kind": "other", "browser": None, "system": None}


def listed(client: ApiClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/activity/{query}").json()["entries"]
    return found


def test_nobody_is_told_anything(client: ApiClient, alice: User) -> None:
    client.sign_in("alice", "wrong")
    response = client.get("/api/activity/")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Session")


@pytest.mark.parametrize(
    "query",
    [
        "before=",
        "before=0",
        "before=-1",
        "before=x",
        "before=1.5",
        "before=%00",
        "before=9999999999999999999",
        "before=1&before=2",
        "before=%D9%A1",
    ],
)
def test_a_cursor_that_is_none_is_refused(signed_in: ApiClient, query: str) -> None:
    response = signed_in.get(f"/api/activity/?{query}")
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_the_greatest_cursor_is_read(signed_in: ApiClient) -> None:
    assert len(listed(signed_in, "?before=" + "9" * 18)) == 1


def test_a_person_reads_what_happened_the_newest_first(client: ApiClient, alice: User) -> None:
    client.sign_in("alice", "wrong")
    body = {"login": "alice", "password": PASSWORD}
    client.send("POST", "/api/login/", body, headers={"User-Agent": FIREFOX})
    client.send("PATCH", "/api/profile/", {"lastName": "Liddell"})
    answer = client.get("/api/activity/").json()
    assert answer["next"] is None
    assert [(entry["kind"], entry["outcome"], entry["current"]) for entry in answer["entries"]] == [
        ("profile_changed", "done", True),
        ("sign_in", "done", True),
        ("sign_in", "refused", False),
    ]
    entry = answer["entries"][1]
    row = Entry.objects.get(outcome="done", kind="sign_in")
    assert (entry["id"], entry["address"]) == (str(row.pk), "127.0.0.1")
    assert entry["device"] == {"kind": "desktop", "browser": "Firefox 153", "system": "Linux"}
    assert set(entry) == {"id", "kind", "at", "address", "device", "current", "outcome"}


def test_nobody_reads_what_happened_to_others(signed_in: ApiClient, bob: User) -> None:
    theirs = ApiClient()
    theirs.sign_in("bob")
    assert len(listed(theirs)) == 1
    assert listed(theirs) != listed(signed_in)


def test_what_another_session_did_is_not_current(signed_in: ApiClient) -> None:
    ApiClient().sign_in()
    assert [entry["current"] for entry in listed(signed_in)] == [False, True]


def test_an_operators_address_and_device_are_not_told(client: ApiClient, alice: User) -> None:
    User.objects.create_superuser("root", "root@example.com", PASSWORD)
    root = ApiClient()
    root.sign_in("root")
    ApiClient().sign_in()
    root.get("/api/csrf/")
    sent = {"action": "revoke", "_selected_action": [Session.objects.get(user=alice).pk]}
    form = sent | {"csrfmiddlewaretoken": root.token}
    root.post("/admin/spa_auth_sessions/session/", form, headers={"User-Agent": FIREFOX})
    client.sign_in()
    _, ended, _ = listed(client)
    assert Entry.objects.get(kind="sessions_revoked").user_agent == FIREFOX
    assert (ended["kind"], ended["address"]) == ("sessions_revoked", None)
    assert (ended["device"], ended["current"]) == (NAMELESS, False)


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.db")
def test_under_another_engine_nothing_is_current(client: ApiClient, alice: User) -> None:
    client.sign_in()
    assert [entry["current"] for entry in listed(client)] == [False]


def test_what_a_room_that_was_taken_out_left_is_not_listed(
    signed_in: ApiClient, alice: User
) -> None:
    row = Entry.objects.get()
    row.pk, row.kind = None, "moon_landing"
    row._state.adding = True
    row.save()
    assert [entry["kind"] for entry in listed(signed_in)] == ["sign_in"]


def test_a_page_goes_on_where_the_last_one_ended(signed_in: ApiClient, alice: User) -> None:
    for _ in range(60):
        events.emit(events.ProfileChanged(user_id=alice.pk, changed=()))
    first = signed_in.get("/api/activity/").json()
    second = signed_in.get("/api/activity/", {"before": first["next"]}).json()
    assert (len(first["entries"]), len(second["entries"])) == (50, 11)
    assert first["next"] == first["entries"][-1]["id"]
    assert second["next"] is None
    ids = [int(entry["id"]) for entry in first["entries"] + second["entries"]]
    assert ids == sorted(set(ids), reverse=True)


def test_reading_costs_one_statement_beside_the_sessions_at_any_length(
    signed_in: ApiClient, alice: User
) -> None:
    for _ in range(60):
        events.emit(events.ProfileChanged(user_id=alice.pk, changed=()))
    with CaptureQueriesContext(connection) as queries:
        listed(signed_in)
    assert len(queries) == 2


def test_the_kinds_are_a_closed_list_in_the_contract() -> None:
    entry = contract()["components"]["schemas"]["ActivityEntry"]["properties"]
    assert entry["kind"]["enum"] == events.kinds()
    assert events.kinds() == [
        *("account_deleted", "account_deletion_requested", "account_exported"),
        *("account_restored", "email_change", "email_verified", "password_changed"),
        *("password_removed", "profile_changed", "reauthentication", "sessions_revoked"),
        *("sign_in", "sign_out", "sign_up", "social_connect", "social_disconnect"),
        *("token_created", "token_revoked"),
    ]
    assert entry["outcome"]["enum"] == ["done", "pending", "refused"]
