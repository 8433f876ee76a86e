"""One caller for every adapter, under WSGI and under ASGI."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import AsyncClient

from spa_auth.core import carriers
from spa_auth.core.carriers import Grant
from spa_auth.core.errors import ApiError
from tests.conftest import ApiClient

ADAPTERS = ["plain", "asynchronous", "drf", "ninja", "ninja-asynchronous"]
NOTE = {"text": "milk"}


@dataclass
class Stage:
    """A browser, or a script, before one adapter."""

    adapter: str
    asgi: bool
    browser: ApiClient

    def get(self, view: str, **headers: str) -> HttpResponse:
        return self.ask("GET", view, **headers)

    def post(self, view: str, body: Any = NOTE, **headers: str) -> HttpResponse:
        return self.ask("POST", view, body, **headers)

    def ask(self, method: str, view: str, body: Any = None, **headers: str) -> HttpResponse:
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body)
        sent = {"X-CSRFToken": self.browser.token} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        options: dict[str, Any] = {"content_type": "application/json", "headers": sent}
        path = f"/{self.adapter}/{view}/"
        if not self.asgi:
            return self.browser.generic(method, path, data, **options)
        client = AsyncClient(enforce_csrf_checks=True, headers={"host": "localhost"})
        client.cookies = self.browser.cookies

        async def ask() -> Any:
            return await client.generic(method, path, data, **options)

        answer: HttpResponse = async_to_sync(ask)()
        return answer

    def as_script(self) -> "Stage":
        """The same adapter, before a client that has no cookie and no CSRF token."""
        return Stage(self.adapter, self.asgi, ApiClient())


@pytest.fixture(params=[False, True], ids=["wsgi", "asgi"])
def asgi(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=ADAPTERS)
def stranger(request: pytest.FixtureRequest, asgi: bool, settings: Any, alice: User) -> Stage:
    """Nobody is signed in."""
    settings.ROOT_URLCONF = "tests.adapters.urls"
    settings.SPA_AUTH = settings.SPA_AUTH | {"ABILITIES": {"notes:read": "r", "notes:write": "w"}}
    return Stage(request.param, asgi, ApiClient())


@pytest.fixture
def stage(stranger: Stage) -> Stage:
    """Alice is signed in."""
    assert stranger.browser.sign_in().status_code == 200
    return stranger


class Invalid(ApiError):
    status = 401
    code = "tokens.invalid"
    detail = "no"

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch, alice: User) -> Callable[..., str]:
    """Return a token of Alice's with these abilities."""

    def read(request: Any, credentials: str) -> Grant:
        if not credentials.startswith("alice:"):
            raise Invalid
        abilities = credentials.removeprefix("alice:").split(",")
        return Grant(user=User.objects.get(username="alice"), abilities=frozenset(abilities))

    monkeypatch.setattr(carriers, "_schemes", {})
    carriers.read_scheme("Bearer", read, refusals=[Invalid])
    return lambda *abilities: f"alice:{','.join(abilities)}"
