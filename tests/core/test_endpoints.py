import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.sessions.models import Session
from tests.conftest import ApiClient


def test_the_csrf_token_comes_in_body_header_and_cookie(client: ApiClient) -> None:
    response = client.get("/api/csrf/")
    assert response.json() == {"csrfToken": response["X-CSRFToken"]}
    assert response.cookies["csrftoken"]["httponly"]


def test_nobody_is_signed_in_at_no_cost(client: ApiClient, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/api/session/")
    assert response.json() == {
        "status": "anonymous",
        "isAuthenticated": False,
        "csrfToken": client.token,
    }
    assert len(queries) == 0
    assert "sessionid" not in response.cookies


def test_the_session_says_who_is_signed_in(signed_in: ApiClient, alice: User) -> None:
    state = signed_in.get("/api/session/").json()
    assert state["status"] == "authenticated"
    assert state["isAuthenticated"] is True
    assert state["user"] == {
        "id": str(alice.pk),
        "username": "alice",
        "email": "alice@example.com",
        "emailVerified": False,
        "firstName": "Alice",
        "lastName": "",
    }
    assert state["session"]["proofs"] == ["password"]
    assert state["session"]["id"] == Session.objects.get().public_id


def test_no_answer_carries_the_session_key(signed_in: ApiClient) -> None:
    key = signed_in.cookies["sessionid"].value
    for path in ("session", "whoami", "profile", "config", "csrf"):
        response = signed_in.get(f"/api/{path}/")
        headers = str({k: v for k, v in response.headers.items() if k != "Set-Cookie"})
        assert key[:8] not in response.content.decode() + headers


@override_settings(SPA_AUTH={"USER_FIELDS": ["is_staff", "date_joined"]})
def test_the_project_adds_fields_to_the_user(signed_in: ApiClient) -> None:
    signed_in.contract = False  # the committed contract is that of the stock user
    user = signed_in.get("/api/session/").json()["user"]
    assert user["isStaff"] is False
    assert user["dateJoined"].endswith("Z")


def test_signing_out_ends_the_session_for_good(signed_in: ApiClient) -> None:
    key = signed_in.cookies["sessionid"].value
    response = signed_in.send("POST", "/api/logout/")
    assert response.json()["status"] == "anonymous"
    assert response.cookies["sessionid"]["max-age"] == 0
    signed_in.cookies["sessionid"] = key
    assert signed_in.get("/api/whoami/").status_code == 401


def test_signing_out_is_fine_when_nobody_is_signed_in(client: ApiClient, db: None) -> None:
    assert client.send("POST", "/api/logout/").json()["status"] == "anonymous"


def test_signing_out_costs_a_look_and_a_delete(signed_in: ApiClient) -> None:
    with CaptureQueriesContext(connection) as queries:
        signed_in.send("POST", "/api/logout/")
    statements = [
        q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVE", "REL"))
    ]
    # The session with its user, the delete, and what the audit room adds to every write.
    assert len(statements) == 3


def test_the_configuration_tells_front_ends_what_is_on_offer(client: ApiClient) -> None:
    assert client.get("/api/config/").json() == {
        "password": {
            "identifiers": ["username", "email", "login"],
            "minLength": 1,
            "maxLength": 1024,
            "rules": [],
        },
        "email": {"mustVerify": False},
        "account": {"deleteAfterDays": 0},
        "signup": {"open": True, "fields": ["username"]},
        "profile": {"fields": ["firstName", "lastName"]},
        "social": {"providers": []},
    }


@pytest.mark.parametrize("path", ["/api/whoami/", "/api/profile/"])
def test_who_is_not_signed_in_gets_401(client: ApiClient, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 401
    assert response.json()["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == "Session"
