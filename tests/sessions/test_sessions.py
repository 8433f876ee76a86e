"""What a person sees and ends, and what an operator does."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.core import addresses, devices, events, login
from spa_auth.sessions.models import Session
from tests.conftest import PASSWORD, ApiClient

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
IPAD = IPHONE.replace("iPhone", "iPad")


def elsewhere(who: str = "alice") -> ApiClient:
    client = ApiClient()
    assert client.sign_in(who).status_code == 200
    return client


def listed(client: ApiClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/sessions/").json()["sessions"]
    return found


def counted(queries: CaptureQueriesContext) -> int:
    """Statements, without the one that the audit room adds to every write, and those of a mail."""
    borders = ("BEGIN", "COMMIT", "SAVE", "RELEASE")
    others = ("spa_auth_audit_entry", "spa_auth_core_counter", "spa_auth_core_mail")
    asked = [query["sql"] for query in queries if not query["sql"].startswith(borders)]
    return sum(not any(table in sql for table in others) for sql in asked)


def test_a_person_sees_where_they_are_signed_in(client: ApiClient, alice: User, bob: User) -> None:
    body = {"login": "alice", "password": PASSWORD}
    client.send("POST", "/api/login/", body, headers={"User-Agent": FIREFOX})
    elsewhere("bob")
    (mine,) = listed(client)
    row = Session.objects.get(user=alice)
    assert mine["id"] == row.public_id
    assert mine["current"] is True
    assert mine["device"] == {"kind": "desktop", "browser": "Firefox 153", "system": "Linux"}
    assert mine["address"] == "127.0.0.1"
    assert mine["proofs"] == ["password"]


def test_expired_and_pending_sessions_are_not_listed(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere()
    (expired,) = [session["id"] for session in listed(signed_in) if not session["current"]]
    Session.objects.filter(public_id=expired).update(idle_expires_at="2020-01-01T00:00:00Z")
    monkeypatch.setattr(login, "_factors", [lambda user: ["totp"]])
    assert ApiClient().sign_in().json()["status"] == "pending"
    assert Session.objects.count() == 3
    assert [session["current"] for session in listed(signed_in)] == [True]


def test_sessions_from_before_a_change_of_the_password_are_not_listed(
    signed_in: ApiClient, alice: User
) -> None:
    alice.set_password("another-" + PASSWORD)
    alice.save()
    client = ApiClient()
    client.sign_in("alice", "another-" + PASSWORD)
    assert Session.objects.count() == 2
    assert [session["current"] for session in listed(client)] == [True]
    assert signed_in.get("/api/whoami/").status_code == 401


@override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY])
def test_sessions_under_an_older_secret_key_are_listed(signed_in: ApiClient) -> None:
    with override_settings(SECRET_KEY=settings.SECRET_KEY_FALLBACKS[0], SECRET_KEY_FALLBACKS=[]):
        elsewhere()
    assert len(listed(signed_in)) == 2


def test_one_session_is_ended_at_once(
    signed_in: ApiClient, alice: User, reported: list[events.Event]
) -> None:
    other = elsewhere()
    reported.clear()
    (public_id,) = [session["id"] for session in listed(signed_in) if not session["current"]]
    response = signed_in.send("DELETE", f"/api/sessions/{public_id}/")
    assert response.json()["status"] == "authenticated"
    assert other.get("/api/whoami/").status_code == 401
    assert signed_in.get("/api/whoami/").status_code == 200
    assert reported == [
        events.SessionsRevoked(user_id=alice.pk, public_ids=(public_id,), address="127.0.0.1")
    ]


def test_ending_ones_own_session_is_signing_out(signed_in: ApiClient) -> None:
    response = signed_in.send("DELETE", f"/api/sessions/{listed(signed_in)[0]['id']}/")
    assert response.json()["status"] == "anonymous"
    assert response.cookies["sessionid"]["max-age"] == 0


def test_all_others_are_ended(signed_in: ApiClient, bob: User) -> None:
    others = [elsewhere(), elsewhere()]
    theirs = elsewhere("bob")
    response = signed_in.send("POST", "/api/sessions/revoke-others/")
    assert [session["current"] for session in response.json()["sessions"]] == [True]
    assert [other.get("/api/whoami/").status_code for other in others] == [401, 401]
    assert theirs.get("/api/whoami/").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "budget"),
    [("GET", "/api/sessions/", 2), ("POST", "/api/sessions/revoke-others/", 4)],
)
def test_the_cost_does_not_grow_with_the_number_of_sessions(
    signed_in: ApiClient, method: str, path: str, budget: int
) -> None:
    for _ in range(5):
        elsewhere()
    with CaptureQueriesContext(connection) as queries:
        signed_in.send(method, path)
    assert counted(queries) <= budget


def test_ending_one_costs_three_statements(client: ApiClient, alice: User) -> None:
    addresses.prove(alice, alice.email)
    client.sign_in()
    signed_in = client
    elsewhere()
    (public_id,) = [session["id"] for session in listed(signed_in) if not session["current"]]
    with CaptureQueriesContext(connection) as queries:
        signed_in.send("DELETE", f"/api/sessions/{public_id}/")
    assert counted(queries) <= 3


def test_ending_sessions_needs_the_token_and_a_session(signed_in: ApiClient) -> None:
    for method, path in (("DELETE", "/api/sessions/x/"), ("POST", "/api/sessions/revoke-others/")):
        assert signed_in.send(method, path, headers={"X-CSRFToken": ""}).status_code == 403
        assert ApiClient().send(method, path).status_code == 401


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.db")
def test_another_engine_lists_nothing(client: ApiClient, alice: User) -> None:
    client.sign_in()
    assert listed(client) == []


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, ("desktop", "Firefox 153", "Linux")),
        (IPHONE, ("mobile", "Mobile Safari 18", "iOS 18")),
        (IPAD, ("tablet", "Mobile Safari 18", "iOS 18")),
        ("curl/8.9.1", ("other", "curl 8", None)),
        ("", ("other", None, None)),
        ("\0\x1b[31m<script>", ("other", None, None)),
    ],
)
def test_a_user_agent_becomes_words(user_agent: str, device: tuple[str, ...]) -> None:
    found = devices.describe(user_agent)
    assert (found.kind, found.browser, found.system) == device


@pytest.fixture
def root(client: ApiClient, alice: User) -> ApiClient:
    User.objects.create_superuser("root", "root@example.com", PASSWORD)
    client.sign_in("root")
    return client


def test_an_operator_finds_the_sessions_of_a_user(root: ApiClient) -> None:
    elsewhere("alice")
    page = root.get("/admin/spa_auth_sessions/session/?q=alice").content.decode()
    assert "1 session" in page
    assert Session.objects.get(user__username="alice").public_id in page


def test_an_operator_ends_sessions_and_edits_none(
    root: ApiClient, reported: list[events.Event]
) -> None:
    other = elsewhere("alice")
    row = Session.objects.get(user__username="alice")
    reported.clear()
    root.get("/api/csrf/")
    response = root.post(
        "/admin/spa_auth_sessions/session/",
        {
            "action": "revoke",
            "_selected_action": [row.pk],
            "csrfmiddlewaretoken": root.token,
        },
    )
    assert response.status_code == 302
    assert other.get("/api/whoami/").status_code == 401
    assert [type(event) for event in reported] == [events.SessionsRevoked]
    assert root.get("/admin/spa_auth_sessions/session/add/").status_code == 403
    mine = Session.objects.get()
    page = root.get(f"/admin/spa_auth_sessions/session/{mine.pk}/change/").content.decode()
    assert "_auth_user" not in page


def test_what_an_operator_deletes_is_ended_too(
    root: ApiClient, reported: list[events.Event]
) -> None:
    for _ in range(2):
        elsewhere("alice")
    one, other = Session.objects.filter(user__username="alice")
    root.get("/api/csrf/")
    reported.clear()
    page = "/admin/spa_auth_sessions/session/"
    form = {"csrfmiddlewaretoken": root.token, "post": "yes"}
    assert root.post(f"{page}{one.pk}/delete/", form).status_code == 302
    form |= {"action": "delete_selected", "_selected_action": str(other.pk)}
    assert root.post(page, form).status_code == 302
    told = [event.public_ids for event in reported if isinstance(event, events.SessionsRevoked)]
    assert told == [(one.public_id,), (other.public_id,)]


def test_without_the_parser_a_device_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "AVAILABLE", False)
    nameless = devices.Device(kind="other", browser=None, system=None)
    assert devices.describe.__wrapped__(FIREFOX) == nameless
