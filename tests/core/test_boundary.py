"""DESIGN's table, line by line, on a sign-in endpoint, on one that acts, and on plain views."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from spa_auth.core import events
from spa_auth.core.boundary import check_origin
from spa_auth.core.errors import OriginRefused
from spa_auth.sessions.models import Session
from tests.conftest import PASSWORD, ApiClient

OURS = "http://localhost:8000"
EVIL = "https://evil.test"

TABLE = [
    # Sec-Fetch-Site, Origin, passes
    ("same-origin", OURS, True),
    ("same-origin", None, True),
    ("same-origin", "null", True),
    ("same-site", OURS, True),
    ("cross-site", OURS, True),
    ("none", OURS, True),
    ("brand-new-value", OURS, True),
    ("same-site", "http://localhost:9000", False),
    ("same-site", None, False),
    ("cross-site", EVIL, False),
    ("cross-site", "null", False),
    ("cross-site", None, False),
    ("none", None, False),
    ("none", EVIL, False),
    ("brand-new-value", None, False),
    ("SAME-ORIGIN", None, False),
    (None, OURS, True),
    (None, "http://localhost", True),  # equals scheme and Host of the test client
    (None, "https://localhost", False),
    (None, "http://localhost:80", False),
    (None, "null", False),
    (None, EVIL, False),
    (None, "http://localhost:8000.evil.test", False),
    (None, "http://LOCALHOST:8000", False),
    (None, "", False),
    (None, None, True),
]


def headers(site: str | None, origin: str | None) -> dict[str, str]:
    sent = {"Sec-Fetch-Site": site, "Origin": origin}
    return {name: value for name, value in sent.items() if value is not None}


@pytest.mark.parametrize(("site", "origin", "passes"), TABLE)
def test_where_a_sign_in_may_come_from(
    client: ApiClient, alice: User, site: str | None, origin: str | None, passes: bool
) -> None:
    response = client.send(
        "POST",
        "/api/login/",
        {"login": "alice", "password": PASSWORD},
        headers=headers(site, origin),
    )
    if passes:
        assert response.status_code == 200
    else:
        assert response.status_code == 403
        assert response.json()["code"] == "origin_refused"
        assert not response.cookies
        assert Session.objects.count() == 0


@pytest.mark.parametrize(("site", "origin", "passes"), TABLE)
@pytest.mark.parametrize("path", ["/api/profile/", "/private/", "/drf/notes/"])
def test_where_a_change_may_come_from(
    signed_in: ApiClient, path: str, site: str | None, origin: str | None, passes: bool
) -> None:
    method = "PATCH" if path.startswith("/api") else "POST"
    body: dict[str, Any] = {"lines": []} if path.startswith("/drf") else {}
    response = signed_in.send(method, path, body, headers=headers(site, origin))
    assert response.status_code == (200 if passes else 403)
    if not passes:
        assert response.json()["code"] == "origin_refused"


def test_a_safe_request_may_come_from_anywhere(signed_in: ApiClient) -> None:
    response = signed_in.get("/api/whoami/", headers=headers("cross-site", EVIL))
    assert response.status_code == 200


def test_curl_over_https_without_origin_signs_in(client: ApiClient, alice: User) -> None:
    response = client.send(
        "POST", "/api/login/", {"login": "alice", "password": PASSWORD}, secure=True
    )
    assert response.status_code == 200


def test_a_host_that_is_not_allowed_vouches_for_no_origin(client: ApiClient, alice: User) -> None:
    response = client.send(
        "POST",
        "/api/login/",
        {"login": "alice", "password": PASSWORD},
        headers={"Host": "evil.test", "Origin": "http://evil.test"},
    )
    assert response.status_code in {400, 403}
    assert not response.cookies


Act = Callable[[ApiClient], HttpResponse]


def without_token(client: ApiClient) -> HttpResponse:
    return client.send(
        "POST", "/api/login/", {"login": "alice", "password": PASSWORD}, headers={"X-CSRFToken": ""}
    )


def test_a_sign_in_needs_no_token_without_a_cookie(client: ApiClient, alice: User) -> None:
    assert without_token(client).status_code == 200


def test_a_sign_in_needs_no_token_with_a_live_session(signed_in: ApiClient) -> None:
    assert without_token(signed_in).status_code == 200


def test_a_sign_in_needs_no_token_with_an_expired_session(signed_in: ApiClient) -> None:
    Session.objects.update(idle_expires_at="2020-01-01T00:00:00Z")
    assert without_token(signed_in).status_code == 200


def test_a_sign_in_needs_no_token_with_a_revoked_session(signed_in: ApiClient) -> None:
    Session.objects.all().delete()
    assert without_token(signed_in).status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", "a" * 32, "b" * 64])
@pytest.mark.parametrize("path", ["/api/logout/", "/private/", "/drf/notes/"])
def test_a_live_session_acts_only_with_its_token(
    signed_in: ApiClient, reported: list[events.Event], path: str, token: str
) -> None:
    response = signed_in.send("POST", path, {}, headers={"X-CSRFToken": token})
    assert response.status_code == 403
    assert response.json()["code"] == "csrf_failed"
    assert signed_in.get("/api/whoami/").status_code == 200
    assert [event.code for event in reported if isinstance(event, events.RequestRefused)] == [
        "csrf_failed"
    ]


def test_a_token_without_its_cookie_is_refused(signed_in: ApiClient) -> None:
    del signed_in.cookies["csrftoken"]
    assert signed_in.send("POST", "/api/logout/").json()["code"] == "csrf_failed"


def test_a_change_by_nobody_needs_no_token_and_is_401(client: ApiClient, db: None) -> None:
    for path in ("/private/", "/drf/notes/"):
        assert client.send("POST", path, {}).status_code == 401


def test_a_damaged_csrf_cookie_is_refused(signed_in: ApiClient) -> None:
    signed_in.cookies["csrftoken"] = "short"
    assert signed_in.send("POST", "/api/logout/").json()["code"] == "csrf_failed"


def test_the_token_changes_at_sign_in_and_the_old_one_is_dead(
    client: ApiClient, alice: User
) -> None:
    client.get("/api/csrf/")
    before = client.token
    client.sign_in()
    assert client.send("POST", "/api/logout/", headers={"X-CSRFToken": before}).status_code == 403
    assert client.send("POST", "/api/logout/").status_code == 200


def test_a_dead_cookie_counts_as_none_and_is_deleted(signed_in: ApiClient) -> None:
    Session.objects.all().delete()
    response = signed_in.send("POST", "/api/logout/", headers={"X-CSRFToken": ""})
    assert response.status_code == 200
    assert response.cookies["sessionid"]["max-age"] == 0


def test_an_anonymous_session_of_the_projects_needs_no_token(client: ApiClient, db: None) -> None:
    client.get("/cart/?add=book")
    assert client.send("POST", "/api/logout/", headers={"X-CSRFToken": ""}).status_code == 200


@override_settings(DEBUG=True)
def test_with_debug_a_refusal_says_what_was_seen_and_expected(signed_in: ApiClient) -> None:
    response = signed_in.send("POST", "/api/logout/", headers=headers("cross-site", EVIL))
    assert response.json()["debug"] == {
        "seen": {"site": "cross-site", "origin": EVIL},
        "expected": {"origin": [OURS, "http://localhost"]},
    }
    response = signed_in.send("POST", "/api/logout/", headers={"X-CSRFToken": ""})
    assert "CSRF token" in response.json()["debug"]["reason"]


def test_djangos_own_refusal_is_json_for_who_accepts_json(client: ApiClient) -> None:
    response = client.post("/form/", headers={"Accept": "application/json"})
    assert response.status_code == 403
    assert response.json()["code"] == "csrf_failed"


def test_djangos_own_refusal_stays_a_page_for_browsers(client: ApiClient) -> None:
    response = client.post("/form/", headers={"Accept": "text/html,*/*"})
    assert response.status_code == 403
    assert response["Content-Type"].startswith("text/html")


def test_a_check_before_the_host_is_known_trusts_no_origin() -> None:
    request = RequestFactory().post(
        "/", headers={"Host": "evil.test", "Origin": "http://evil.test"}
    )
    with pytest.raises(OriginRefused):
        check_origin(request)


def test_djangos_own_check_passes_with_its_token(client: ApiClient) -> None:
    client.get("/api/csrf/")
    assert client.send("POST", "/form/").content == b"sent"


@override_settings(DEBUG=True)
def test_djangos_own_refusal_gives_its_reason_with_debug(client: ApiClient) -> None:
    response = client.post("/form/", headers={"Accept": "application/json"})
    assert "CSRF cookie not set" in response.json()["debug"]["reason"]
