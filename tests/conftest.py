"""Fixtures: people, and a client whose every answer is held against the contract."""

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from time_machine import TimeMachineFixture

from spa_auth.core import events, login
from spa_auth.core.body import Answer, EmptyBody
from spa_auth.core.endpoint import endpoint, registry
from spa_auth.core.settings import CoreSettings
from spa_auth.core.state import session_state, session_state_model
from tests import secrets
from tests.contract import check_answer
from tests.foreign import foreign  # noqa: F401 - a fixture of those that name it
from tests.hashers import CheapPBKDF2
from tests.secrets import watch  # noqa: F401 - a fixture of every test
from tests.social.stage import provider, running_provider  # noqa: F401 - as well

VERIFY_EMAIL = CoreSettings.declared()["VERIFY_EMAIL"][1]
SIGN_UP = CoreSettings.declared()["SIGN_UP"][1]
MAIL_BY = CoreSettings.declared()["MAIL_BY"][1]
PASSWORD = "correct-horse-battery-staple"
BACKEND = "django.contrib.auth.backends.ModelBackend"


class ApiClient(Client):
    """A browser-like client: cookies, JSON, the CSRF token of the last answer."""

    contract = True  # False for endpoints that a test declares itself

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, SERVER_NAME="localhost", **defaults)
        self.token = ""

    def generic(self, method: str, path: str, data: Any = "", *args: Any, **more: Any) -> Any:
        secrets.current.learn_sent(data)
        return super().generic(method, path, data, *args, **more)

    def request(self, **request: Any) -> HttpResponse:
        response: HttpResponse = super().request(**request)
        if self.contract:
            check_answer(request["REQUEST_METHOD"], request["PATH_INFO"], response)
        if response.content and response.headers["Content-Type"] == "application/json":
            self.token = json.loads(response.content).get("csrfToken", self.token)
        secrets.current.learn_received(response, self.token)
        return response

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> HttpResponse:
        """Send JSON with the CSRF token, as a front end does; `options` as for `generic`."""
        options.setdefault("content_type", "application/json")
        headers = {"X-CSRFToken": self.token} | options.pop("headers", {})
        data = "" if body is None else body if isinstance(body, bytes) else json.dumps(body)
        return self.generic(method, path, data, headers=headers, **options)

    def sign_in(self, who: str = "alice", password: str = PASSWORD, **more: Any) -> HttpResponse:
        return self.send("POST", "/api/login/", {"login": who, "password": password, **more})


@pytest.fixture
def client() -> ApiClient:
    return ApiClient()


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice", "alice@example.com", PASSWORD, first_name="Alice")


@pytest.fixture
def bob(db: None) -> User:
    return User.objects.create_user("bob", "bob@example.com", PASSWORD)


@pytest.fixture
def signed_in(client: ApiClient, alice: User) -> ApiClient:
    assert client.sign_in().status_code == 200
    return client


@pytest.fixture(autouse=True)
def no_thread_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail waits for whoever asks, whatever else a test writes into `SPA_AUTH`.

    A thread would outlive the test that began it, and meet the data of another.
    """
    monkeypatch.setattr(MAIL_BY, "default", "command")


@pytest.fixture(autouse=True)
def unverified_people_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to prove an address, unless a test writes so into `SPA_AUTH`."""
    monkeypatch.setattr(VERIFY_EMAIL, "default", False)


@pytest.fixture(autouse=True)
def anybody_may_sign_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else a test writes into `SPA_AUTH`."""
    monkeypatch.setattr(SIGN_UP, "default", True)


@pytest.fixture
def stopped_clock(time_machine: TimeMachineFixture) -> None:
    """Time stands still, so that on a slow machine no use of a limit is paid off meanwhile."""
    time_machine.move_to(int(time.time()), tick=False)


@pytest.fixture
def hashes() -> Iterator[list[int]]:
    """The iterations of every hash that the preferred hasher computes."""
    CheapPBKDF2.calls.clear()
    yield CheapPBKDF2.calls
    CheapPBKDF2.calls.clear()


@pytest.fixture
def reported() -> Iterator[list[events.Event]]:
    """Every event, as it is recorded."""
    seen: list[events.Event] = []

    def receive(event: events.Event, **_: Any) -> None:
        seen.append(event)

    events.recorded.connect(receive)
    yield seen
    events.recorded.disconnect(receive)


@pytest.fixture
def factors(monkeypatch: pytest.MonkeyPatch) -> dict[str, Sequence[str]]:
    """User name -> enrolled factors, as a room would name them."""
    enrolled: dict[str, Sequence[str]] = {}
    monkeypatch.setattr(login, "_factors", [])
    login.offer_factors(lambda user: enrolled.get(user.get_username(), []))
    return enrolled


@pytest.fixture
def second_step(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An endpoint that proves a second factor, as a room would declare it."""

    @endpoint("POST", "csrf", body=EmptyBody, returns=session_state_model)
    def prove(request: HttpRequest, body: EmptyBody) -> Answer:
        user = login.pending_user(request)
        login.advance(request, login.Proof(user=user, method="totp", backend=BACKEND))
        return session_state(request)

    yield
    del registry["csrf"]["POST"]


def finish(client: ApiClient) -> HttpResponse:
    """Prove the factor that `second_step` asks for."""
    client.contract = False  # this endpoint exists in tests only
    response = client.send("POST", "/api/csrf/", {})
    client.contract = True
    return response
