"""The session's key in a header, for clients that are no browsers."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpResponse
from django.test import AsyncClient, override_settings

from spa_auth.core import carriers, events
from spa_auth.core.secrets import new_key
from spa_auth.core.state import own_answer
from spa_auth.sessions.models import Session
from tests import secrets, settings
from tests.conftest import PASSWORD, ApiClient, finish
from tests.tokens.stage import bearer, statements, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.tokens.urls")]
RIGHT = {"login": "alice", "password": PASSWORD}


class App(ApiClient):
    """A client that is no browser: no cookies, no CSRF token, the key in a header."""

    def __init__(self, key: str = "", **defaults: Any) -> None:
        super().__init__(**defaults)
        self.key = key

    def request(self, **request: Any) -> HttpResponse:
        assert not self.cookies
        answer = super().request(**{"HTTP_X_SESSION_TOKEN": self.key} | request)
        assert not answer.cookies
        if "X-Session-Token" in answer:
            assert answer["Cache-Control"] == "no-store"
            secrets.current.learn(answer["X-Session-Token"], "session key by header")
            self.key = answer["X-Session-Token"]
        return answer

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> HttpResponse:
        self.token = ""
        return super().send(method, path, body, **options)


@pytest.fixture
def app(alice: User) -> App:
    client = App()
    assert client.sign_in().status_code == 200
    assert client.key
    return client


def who_is(key: str) -> str | None:
    name: str | None = App(key).get("/api/whoami/").json().get("username")
    return name


def test_a_sign_in_gives_the_key_in_a_header_and_no_cookie(app: App) -> None:
    assert len(app.key) == 43
    assert who_is(app.key) == "alice"
    assert Session.objects.count() == 1


def test_a_request_needs_no_csrf_token_and_one_statement(app: App) -> None:
    assert statements(lambda: app.get("/private/")) == ["SELECT"]
    answer = app.send("PATCH", "/api/profile/", {"lastName": "Liddell"})
    assert answer.status_code == 200
    assert "X-Session-Token" not in answer


def test_views_of_the_projects_need_none_either(app: App) -> None:
    for path in ("/private/", "/form/", "/write/", "/drf/notes/"):
        assert app.send("POST", path, {"lines": []}).status_code in {200, 201}
    assert app.get("/who/").json()["kind"] == "session_token"
    assert app.get("/who/").json()["is_fresh"] is True
    assert app.get("/who/").json()["abilities"] is None


def test_a_sign_in_past_our_door_gives_no_cookie_either(alice: User) -> None:
    client = App()
    assert client.get("/in/").status_code == 200
    assert who_is(client.key) == "alice"


def test_what_the_project_keeps_for_a_visitor_is_kept(db: None) -> None:
    client = App()
    client.get("/cart/?add=book")
    assert client.get("/cart/").json() == {"cart": ["book"]}
    assert client.key


def test_nobody_gets_a_key_for_nothing(db: None) -> None:
    client = App()
    assert statements(lambda: client.get("/api/session/")) == []
    answer = client.get("/api/session/")
    assert answer.json()["status"] == "anonymous"
    assert "X-Session-Token" not in answer


def test_the_key_changes_where_a_cookie_would(app: App) -> None:
    before = app.key
    assert app.send("POST", "/api/reauthenticate/", {"password": PASSWORD}).status_code == 200
    body = {"currentPassword": PASSWORD, "newPassword": "another-long-password"}
    keys = [before, app.key]
    assert app.send("POST", "/api/password/change/", body).status_code == 200
    assert len({*keys, app.key}) == 3
    assert [who_is(key) for key in (*keys, app.key)] == [None, None, "alice"]


def test_signing_out_ends_it_and_takes_the_key_back(app: App) -> None:
    before = app.key
    assert app.send("POST", "/api/logout/", {}).json()["status"] == "anonymous"
    assert app.key == ""
    assert who_is(before) is None
    assert not Session.objects.exists()


@pytest.mark.parametrize("key", ["x", "x" * 43, "sat_" + "x" * 49, "\u00e9" * 43])
def test_a_key_that_opens_nothing_is_taken_back(db: None, key: str) -> None:
    client = App(key)
    answer = client.get("/api/session/")
    assert answer.json()["status"] == "anonymous"
    assert client.key == ""


def test_no_key_from_outside_is_adopted(alice: User) -> None:
    chosen = str(new_key())
    client = App(chosen)
    client.sign_in()
    assert client.key != chosen
    assert who_is(chosen) is None


def test_a_sign_in_that_needs_a_second_step(
    alice: User, factors: dict[str, Sequence[str]], second_step: None
) -> None:
    factors["alice"] = ["totp"]
    client = App()
    assert client.sign_in().json()["status"] == "pending"
    pending = client.key
    assert pending
    assert finish(client).json()["status"] == "authenticated"
    assert client.key != pending
    assert who_is(pending) is None


def test_it_is_listed_and_revoked_as_any_session(app: App) -> None:
    browser = ApiClient()
    browser.sign_in()
    (listed,) = [
        each for each in browser.get("/api/sessions/").json()["sessions"] if not each["current"]
    ]
    assert browser.send("DELETE", f"/api/sessions/{listed['id']}/").status_code == 200
    assert app.get("/api/whoami/").status_code == 401
    assert app.key == ""


def test_the_same_limits_hold(alice: User) -> None:
    answers = [App().sign_in(password="wrong").status_code for _ in range(12)]
    assert answers[-1] == 429


def test_the_key_of_a_cookie_is_the_same_session(signed_in: ApiClient) -> None:
    """Who has the key has it: where it travels is the client's business."""
    assert who_is(signed_in.cookies["sessionid"].value) == "alice"


REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "a cookie of ours": ({"HTTP_COOKIE": "sessionid=x"}, "credentials_ambiguous"),
    "any cookie": ({"HTTP_COOKIE": "theme=dark"}, "credentials_ambiguous"),
    "cookies in disguise": ({"HTTP_COOKIE": "sessionid=a; sessionid=b"}, "credentials_ambiguous"),
    "a token": ({"HTTP_AUTHORIZATION": "Bearer x"}, "credentials_ambiguous"),
    "an origin of ours": ({"HTTP_ORIGIN": "http://localhost:8000"}, "origin_refused"),
    "another origin": ({"HTTP_ORIGIN": "https://evil.test"}, "origin_refused"),
    "no origin": ({"HTTP_ORIGIN": "null"}, "origin_refused"),
    "a page of ours": ({"HTTP_SEC_FETCH_SITE": "same-origin"}, "origin_refused"),
    "a browser": ({"HTTP_SEC_FETCH_MODE": "cors"}, "origin_refused"),
}


@pytest.mark.parametrize("sent", REFUSED)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/login/"), ("GET", "/api/session/"), ("GET", "/who/"), ("GET", "/nothing/")],
)
def test_two_ways_at_once_and_browsers_are_refused(
    app: App, sent: str, method: str, path: str, reported: list[events.Event]
) -> None:
    headers, code = REFUSED[sent]
    body = RIGHT if method == "POST" else None
    answer = ApiClient().send(method, path, body, **headers, HTTP_X_SESSION_TOKEN=app.key)
    assert answer.json()["code"] == code
    assert answer.status_code == (400 if code == "credentials_ambiguous" else 403)
    assert not answer.cookies
    assert "X-Session-Token" not in answer
    assert isinstance(reported[-1], events.RequestRefused)
    assert who_is(app.key) == "alice"


def test_a_basic_header_of_a_proxys_is_others_business(app: App) -> None:
    more = {"headers": {"Authorization": "Basic YTpi"}}
    assert app.get("/api/whoami/", **more).status_code == 200


def test_where_the_room_is_not_installed_the_header_says_nothing(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carriers, "_takes_keys", False)
    client = ApiClient()
    answer = client.send("POST", "/api/login/", RIGHT, HTTP_X_SESSION_TOKEN="")
    assert "X-Session-Token" not in answer
    assert "X-Session-Token" not in answer["Vary"]
    assert answer.cookies["sessionid"].value
    assert "X-Session-Token" not in client.get("/cart/?add=book")["Vary"]


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.db")
def test_it_works_with_djangos_engine(alice: User) -> None:
    client = App()
    client.sign_in()
    assert len(client.key) == 32
    assert who_is(client.key) == "alice"


def broken(*given: object, **named: object) -> None:
    raise RuntimeError


def test_what_breaks_gives_no_key(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spa_auth.password.endpoints.session_state", broken)
    client = App(raise_request_exception=False)
    assert client.sign_in().status_code == 500
    assert client.key == ""


def keep_and_end(request: Any) -> Any:
    """Change the session, which ends before it is saved."""
    request.session["seen"] = True
    Session.objects.all().delete()
    return own_answer(request)


def test_a_session_that_ends_while_the_request_runs_is_401(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spa_auth.account.endpoints.own_answer", keep_and_end)
    app.contract = False  # it is the middleware that answers
    answer = app.get("/api/whoami/")
    assert answer.status_code == 401
    assert "X-Session-Token" not in answer


def test_caches_keep_answers_apart(app: App) -> None:
    with override_settings(
        MIDDLEWARE=[
            "django.middleware.cache.UpdateCacheMiddleware",
            *settings.MIDDLEWARE,
            "django.middleware.cache.FetchFromCacheMiddleware",
        ]
    ):
        cache.clear()
        assert "X-Session-Token" in ApiClient().get("/cart/")["Vary"]
        assert app.get("/cart/?add=book").status_code == 200
        assert app.get("/cart/").json() == {"cart": ["book"]}
        assert ApiClient().get("/cart/").json() == {"cart": []}
        assert App().get("/cart/").json() == {"cart": []}
        cache.clear()


def test_asynchronous_requests_too(alice: User) -> None:
    async def story() -> None:
        client = AsyncClient(headers={"host": "localhost"})
        answer = await client.post(
            "/api/login/",
            json.dumps(RIGHT),
            content_type="application/json",
            headers={"X-Session-Token": ""},
        )
        key = answer["X-Session-Token"]
        assert not answer.cookies
        client.cookies.clear()
        answer = await client.get("/private-async/", headers={"X-Session-Token": key})
        assert answer.json() == {"user": "alice"}

    async_to_sync(story)()


def test_a_token_and_a_key_are_refused(app: App, alice: User) -> None:
    answer = app.get("/who/", headers=bearer(token_of(alice)))
    assert answer.json()["code"] == "credentials_ambiguous"
