"""Being signed in, in tests of something else."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.db import connection
from django.test import AsyncClient, Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from spa_auth.core import events
from spa_auth.core.deployment import device_cookie
from spa_auth.core.models import Mail
from spa_auth.email.models import ProvenAddress
from spa_auth.testing import (
    SpaClient,
    StillPending,
    alog_in,
    alog_out,
    csrf_headers,
    log_in,
    log_out,
)
from tests.conftest import PASSWORD, ApiClient

pytestmark = pytest.mark.django_db
CLIENTS = pytest.mark.parametrize("make", [Client, APIClient, SpaClient])


def state(client: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/api/session/").json()
    return answer


@CLIENTS
def test_every_client_is_signed_in(make: Callable[[], Any], alice: User) -> None:
    client = make()
    log_in(client, alice)
    seen = state(client)
    assert seen["user"]["username"] == "alice"
    assert seen["session"]["proofs"] == ["password"]


@CLIENTS
def test_every_client_is_signed_out(make: Callable[[], Any], alice: User) -> None:
    client = make()
    log_in(client, alice)
    log_out(client)
    assert state(client)["status"] == "anonymous"
    # The browser is still one that she has used.
    assert "sessionid" not in client.cookies
    assert device_cookie() in client.cookies


def test_nobody_may_sign_out(db: None) -> None:
    client = Client()
    log_out(client)
    assert state(client)["status"] == "anonymous"


def test_nothing_is_hashed(alice: User, hashes: list[int]) -> None:
    hashes.clear()
    log_in(Client(), alice)
    assert hashes == []


def test_the_session_is_what_the_endpoint_makes(alice: User, client: ApiClient) -> None:
    ours = Client(HTTP_USER_AGENT="Tests")
    log_in(ours, alice)
    client.sign_in()
    expected, seen = state(client), state(ours)
    for each in (expected, seen):
        del each["csrfToken"]
        for name in ("id", "createdAt", "authenticatedAt", "lastSeenAt", "expiresAt"):
            assert each["session"].pop(name)
    assert seen == expected
    cookies = [dict(each.cookies["sessionid"]) for each in (ours, client)]
    for cookie in cookies:
        del cookie["expires"]
    assert cookies[0] == cookies[1]


def test_what_the_door_does_is_done(alice: User, reported: list[events.Event]) -> None:
    log_in(Client(REMOTE_ADDR="192.0.2.7"), alice)
    (event,) = reported
    assert isinstance(event, events.SignedIn)
    assert (event.user_id, event.address) == (alice.pk, "192.0.2.7")
    alice.refresh_from_db()
    assert alice.last_login is not None


def test_somebody_else_takes_over(alice: User, bob: User) -> None:
    client = Client()
    log_in(client, alice)
    key = client.cookies["sessionid"].value
    log_in(client, bob)
    assert state(client)["user"]["username"] == "bob"
    client.cookies["sessionid"] = key
    assert state(client)["status"] == "anonymous"


def test_a_session_ends_with_the_browser(alice: User) -> None:
    client = Client()
    log_in(client, alice, remember=False)
    assert client.cookies["sessionid"]["max-age"] == ""


@pytest.mark.parametrize(("fresh", "status"), [(True, 200), (False, 403)])
def test_proofs_may_be_too_old(alice: User, fresh: bool, status: int) -> None:
    client = SpaClient()
    log_in(client, alice, fresh=fresh)
    assert client.post("/api/account/export/").status_code == status


def test_other_proofs_are_named(alice: User) -> None:
    client = Client()
    log_in(client, alice, proofs=["email", "passkey"])
    assert state(client)["session"]["proofs"] == ["email", "passkey"]


def test_a_factor_is_met_by_its_proof(alice: User, factors: dict[str, Any]) -> None:
    factors["alice"] = ["totp"]
    client = Client()
    log_in(client, alice, proofs=["password", "totp"])
    assert state(client)["session"]["proofs"] == ["password", "totp"]


def test_a_factor_that_is_not_proved_is_named(alice: User, factors: dict[str, Any]) -> None:
    factors["alice"] = ["totp", "passkey"]
    with pytest.raises(StillPending, match="totp, passkey"):
        log_in(Client(), alice)


def test_the_address_is_proved_unless_told_otherwise(alice: User, bob: User) -> None:
    log_in(Client(), alice)
    log_in(Client(), bob, verified=False)
    assert [each.user for each in ProvenAddress.objects.all()] == [alice]


def test_a_browser_is_known_unless_told_otherwise(alice: User) -> None:
    client = Client()
    log_in(client, alice)
    log_in(client, alice)
    assert not Mail.objects.exists()
    log_in(client, alice, known_device=False)
    assert Mail.objects.get().message == "sessions.new_device"


def test_a_known_browser_stays_one_without_being_remembered(alice: User) -> None:
    client = Client()
    log_in(client, alice, remember=False, known_device=False)
    assert device_cookie() not in client.cookies
    log_in(client, alice, remember=False)
    assert device_cookie() in client.cookies


@CLIENTS
def test_the_token_goes_with_the_cookie(make: Callable[..., Any], alice: User) -> None:
    client = make()
    log_in(client, alice)
    body = {"path": "/api/account/export/", "data": "{}", "content_type": "application/json"}
    if make is not SpaClient:
        assert client.post(**body).json()["code"] == "csrf_failed"
    assert client.post(**body, headers=csrf_headers(client)).status_code == 200


def test_the_token_is_read_without_any_query(alice: User) -> None:
    client = Client()
    log_in(client, alice)
    with CaptureQueriesContext(connection) as queries:
        csrf_headers(client)
    assert len(queries) == 0


def test_a_front_ends_client_sends_json_and_the_token(alice: User) -> None:
    client = SpaClient()
    answer = client.post("/api/login/", {"login": "alice", "password": PASSWORD})
    assert answer.json()["status"] == "authenticated"
    changed = client.patch("/api/profile/", {"firstName": "Ada"})
    assert (changed.status_code, changed.json()["firstName"]) == (200, "Ada")
    assert client.put("/api/profile/", {}).status_code == 405
    assert client.delete("/api/sessions/nothing/").json()["code"] == "not_found"
    assert client.post("/api/logout/").json()["status"] == "anonymous"
    assert django_mail.outbox == []


def test_every_method_of_a_front_ends_client_sends_json() -> None:
    client = SpaClient()
    for send in (client.post, client.put, client.patch, client.delete):
        request = send("/api/nothing/", {"a": 1}).wsgi_request
        assert (request.content_type, request.body) == ("application/json", b'{"a": 1}')


@pytest.mark.django_db(transaction=True)
def test_an_asynchronous_client_too(alice: User) -> None:
    async def story() -> list[str]:
        client = AsyncClient()
        await alog_in(client, alice)
        seen = [(await client.get("/api/session/")).json()["status"]]
        await alog_out(client)
        return [*seen, (await client.get("/api/session/")).json()["status"]]

    assert async_to_sync(story)() == ["authenticated", "anonymous"]
