from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from spa_auth.core.errors import SessionStoreUnavailable
from spa_auth.sessions.middleware import AuthenticationMiddleware, SessionMiddleware
from spa_auth.sessions.models import Session
from tests.conftest import ApiClient


def through(view: Any, cookie: str = "") -> HttpResponse:
    request = RequestFactory().get("/", headers={"Cookie": f"sessionid={cookie}"})
    response = SessionMiddleware(view)(request)
    assert isinstance(response, HttpResponse)
    return response


def test_a_fault_saves_no_session(db: None) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["a"] = 1
        return HttpResponse(status=500)

    assert "sessionid" not in through(view).cookies
    assert Session.objects.count() == 0


def test_a_store_that_failed_below_the_views_is_a_503_too(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        with suppress(SessionStoreUnavailable):
            request.session.get("a")
        return HttpResponse("Django's page for what broke in a middleware", status=500)

    def down(*_: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr("spa_auth.sessions.engine.statement", down)
    response = through(view, signed_in.cookies["sessionid"].value)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "sessionid" not in response.cookies
    assert {"Cookie", "Origin"} <= set(response["Vary"].split(", "))


def test_a_session_that_ends_meanwhile_is_a_401_of_its_own(signed_in: ApiClient) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["a"] = 1
        Session.objects.all().delete()
        return HttpResponse("somebody's page")

    response = through(view, signed_in.cookies["sessionid"].value)
    assert response.status_code == 401
    assert "somebody" not in response.content.decode()
    assert "sessionid" not in response.cookies
    assert {"Cookie", "Origin"} <= set(response["Vary"].split(", "))


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.db")
def test_the_middleware_serves_another_engine_too(db: None) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["a"] = 1
        return HttpResponse()

    assert "sessionid" in through(view).cookies


def test_a_project_without_the_session_middleware_is_told_so() -> None:
    with pytest.raises(ImproperlyConfigured, match="session middleware"):
        AuthenticationMiddleware(lambda _: HttpResponse())(RequestFactory().get("/"))


def test_a_fault_that_is_not_the_stores_is_not_ours() -> None:
    middleware = SessionMiddleware(lambda _: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), RuntimeError()) is None


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.db")
def test_another_engine_is_described_as_far_as_it_goes(client: ApiClient, alice: Any) -> None:
    client.sign_in()
    session = client.get("/api/session/").json()["session"]
    assert session["proofs"] == ["password"]
    assert session["authenticatedAt"]
    assert session["id"] is None


@pytest.mark.parametrize("secure", [False, True])
def test_an_unused_session_sets_no_cookie(client: ApiClient, secure: bool) -> None:
    assert "sessionid" not in client.get("/private/", secure=secure).cookies
