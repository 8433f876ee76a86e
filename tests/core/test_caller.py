"""Who asks for what happens now."""

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, RequestFactory, override_settings
from django.urls import path

from spa_auth.core.caller import Caller, caller, serving, session_id, user_agent
from spa_auth.sessions.models import Session
from tests.conftest import ApiClient

seen: list[Caller] = []


def look(request: HttpRequest) -> HttpResponse:
    seen.append(caller())
    return HttpResponse()


async def look_from_there(request: HttpRequest) -> HttpResponse:
    seen.append(caller())
    return HttpResponse()


class Looking:
    """Stands for a module of URLs."""

    urlpatterns = (path("look/", look), path("look-async/", look_from_there))


def test_nobody_asks_outside_of_a_request() -> None:
    assert caller() == Caller()


def test_a_request_without_session_and_user_has_an_address_all_the_same() -> None:
    with serving(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")):
        assert caller() == Caller(address="192.0.2.1")
    assert caller() == Caller()


def test_after_a_request_that_breaks_nobody_asks() -> None:
    with pytest.raises(RuntimeError), serving(RequestFactory().get("/")):
        raise RuntimeError
    assert caller() == Caller()


def test_a_signed_in_person_asks_in_their_session(signed_in: ApiClient, alice: User) -> None:
    seen.clear()
    with override_settings(ROOT_URLCONF=Looking):
        signed_in.get("/look/", headers={"User-Agent": "Firefox"}, REMOTE_ADDR="192.0.2.1")
    expected = Caller(
        user_id=alice.pk,
        session=Session.objects.get().public_id,
        address="192.0.2.1",
        user_agent="Firefox",
    )
    assert seen == [expected]
    assert caller() == Caller()


@override_settings(ROOT_URLCONF=Looking)
def test_an_asynchronous_view_is_asked_by_somebody_too(db: None) -> None:
    seen.clear()
    async_to_sync(AsyncClient().get)("/look-async/", headers={"User-Agent": "curl/8"})
    assert [(by.user_id, by.user_agent) for by in seen] == [(None, "curl/8")]
    assert caller() == Caller()


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.db")
def test_another_engine_gives_its_sessions_no_id(client: ApiClient, alice: User) -> None:
    client.sign_in()
    assert session_id(client.get("/api/whoami/").wsgi_request) is None


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Mozilla/5.0 (X11; Linux)", "Mozilla/5.0 (X11; Linux)"),
        ("a\r\nb\0\x1b[31m\u2028", "a\ufffd\ufffdb\ufffd\ufffd[31m\ufffd"),
        ("x" * 600, "x" * 512),
    ],
)
def test_a_user_agent_is_ready_to_store_and_to_show(rf: Any, sent: str, kept: str) -> None:
    assert user_agent(rf.get("/", HTTP_USER_AGENT=sent)) == kept
