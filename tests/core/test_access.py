"""`request.spa_auth`, and what happens where a request says in two ways who asks."""

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import HASH_SESSION_KEY, login
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.test import AsyncClient, override_settings
from django.utils import timezone
from time_machine import TimeMachineFixture

from spa_auth.core import carriers, fresh
from spa_auth.core.access import Access, access_of
from spa_auth.core.errors import CredentialsAmbiguous
from spa_auth.core.state import PROOFS_KEY
from spa_auth.testing.door import through
from tests.conftest import ApiClient
from tests.tokens.stage import ask, bearer, statements, token_of

pytestmark = pytest.mark.urls("tests.tokens.urls")
NOBODY = {
    "user": "",
    "kind": None,
    "abilities": None,
    "is_authenticated": False,
    "is_fresh": False,
    "may_read": False,
}
OWN = {
    "user": "alice",
    "kind": "session",
    "abilities": None,
    "is_authenticated": True,
    "is_fresh": True,
    "may_read": True,
}


def test_nobody_may_do_nothing_and_costs_nothing(client: ApiClient, db: None) -> None:
    assert statements(lambda: client.get("/who/")) == []
    assert client.get("/who/").json() == NOBODY


def test_a_session_of_ones_own_may_do_everything(signed_in: ApiClient) -> None:
    assert signed_in.get("/who/").json() == OWN
    assert statements(lambda: signed_in.get("/who/")) == ["SELECT"]


def test_a_proof_is_fresh_for_minutes(
    signed_in: ApiClient, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    assert signed_in.get("/who/").json() == OWN | {"is_fresh": False}


@pytest.mark.parametrize("hashed", [True, False])
def test_who_has_just_signed_in_has_a_session(
    alice: User, bob: User, hashed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def view(request: HttpRequest) -> None:
        seen.append(access_of(request).kind)
        login(request, alice)
        if not hashed:
            # As Django 5 signs in who has no such method; Django 6 signs in nobody without it.
            request.session[HASH_SESSION_KEY] = ""
            monkeypatch.delattr(AbstractBaseUser, "get_session_auth_hash")
        seen.append(access_of(request).kind)
        request.session[PROOFS_KEY] = [{"method": "password", "at": timezone.now().isoformat()}]
        seen.append(fresh.is_fresh(request))
        request.user = bob
        seen.append(fresh.is_fresh(request))
        with pytest.raises(CredentialsAmbiguous):
            _ = access_of(request).kind

    through(ApiClient(), view)
    assert seen == [None, "session", True, False]


def test_without_a_session_nobody_has_one(alice: User) -> None:
    request: Any = HttpRequest()
    request.user = alice
    assert Access(request).kind is None
    assert not Access(request).user.is_authenticated


def test_a_request_that_passed_no_boundary_says_what_is_missing() -> None:
    with pytest.raises(ImproperlyConfigured, match="BoundaryMiddleware"):
        access_of(HttpRequest())


@pytest.mark.parametrize("path", ["/who/", "/api/session/", "/api/whoami/", "/private/"])
def test_a_cookie_and_a_token_are_refused(signed_in: ApiClient, alice: User, path: str) -> None:
    for token in (token_of(alice), "x"):
        answer = signed_in.get(path, headers=bearer(token))
        assert (answer.status_code, answer.json()["code"]) == (400, "credentials_ambiguous")


def test_a_dead_cookie_counts_too_and_stays(alice: User) -> None:
    client = ApiClient()
    client.cookies["sessionid"] = "x" * 43
    for path in ("/who/", "/api/login/"):
        method = "POST" if "login" in path else "GET"
        answer = client.send(method, path, None, headers=bearer(token_of(alice)))
        assert answer.status_code == 400
        assert answer.json()["code"] == "credentials_ambiguous"
        assert not answer.cookies


@override_settings(SPA_AUTH={"DJANGO_SESSION_COOKIE": "old"})
def test_a_cookie_that_moves_over_counts_too(alice: User) -> None:
    client = ApiClient()
    client.cookies["old"] = "x" * 32
    answer = client.get("/who/", headers=bearer(token_of(alice)))
    assert answer.json()["code"] == "credentials_ambiguous"


def test_a_cookie_in_disguise_counts_too(alice: User) -> None:
    client = ApiClient()
    more = {"HTTP_COOKIE": "sessionid=a; sessionid=b"}
    assert client.get("/api/session/", headers=bearer(token_of(alice)), **more).json()["code"] == (
        "cookie_ambiguous"
    )
    answer = client.get("/who/", headers=bearer(token_of(alice)), **more)
    assert answer.json()["code"] == "credentials_ambiguous"


def test_an_answer_is_read_once(alice: User) -> None:
    """A view that asks four times costs one statement, also where the token is not right."""
    ask(token_of(alice))
    token = token_of(alice)
    assert len(statements(lambda: ask(token[:-1]))) == 0
    request = HttpRequest()
    request.META["HTTP_AUTHORIZATION"] = "Bearer x"
    access = Access(request)
    seen = set()
    for _ in range(3):
        with pytest.raises(carriers.ApiError) as caught:
            _ = access.kind
        seen.add(caught.value)
    assert len(seen) == 1


def test_caches_are_told_that_the_answer_depends_on_the_token(
    client: ApiClient, alice: User
) -> None:
    assert "Authorization" in client.get("/who/")["Vary"]
    answer = ask(token_of(alice))
    assert "Authorization" in answer["Vary"]
    assert answer["Cache-Control"] == "private"
    assert "Authorization" not in client.get("/nothing/").get("Vary", "")
    assert "Cache-Control" not in client.get("/who/")


def test_where_no_room_reads_tokens_nothing_is_said_of_them(
    client: ApiClient, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carriers, "_schemes", {})
    answer = client.get("/who/", headers=bearer("x"))
    assert answer.json() == NOBODY
    assert "Authorization" not in answer.get("Vary", "")


def test_asynchronous_requests_have_it_too(alice: User) -> None:
    token = token_of(alice)

    async def story() -> None:
        client = AsyncClient(headers={"host": "localhost"})
        answer = await client.get("/who/", headers=bearer(token))
        assert answer.json()["kind"] == "token"
        answer = await client.get("/who/", headers=bearer("x"))
        assert answer.json()["code"] == "tokens.invalid"

    async_to_sync(story)()
