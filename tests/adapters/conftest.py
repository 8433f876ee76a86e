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

from spa_auth.tokens import flow
from tests.conftest import ApiClient

ADAPTERS = ["plain", "asynchronous", "drf", "ninja", "ninja-asynchronous"]
NOTE = {"text": "milk"}


class Synchronous(ApiClient):
    """Django's client sends an empty `Cookie` where it has none; real ones send nothing."""

    def _base_environ(self, **request: Any) -> dict[str, Any]:
        environ: dict[str, Any] = super()._base_environ(**request)  # type: ignore[misc]
        if not self.cookies:
            del environ["HTTP_COOKIE"]
        return environ


class Asynchronous(AsyncClient):
    """The same, under ASGI."""

    def _base_scope(self, **request: Any) -> dict[str, Any]:
        scope: dict[str, Any] = super()._base_scope(**request)  # type: ignore[misc]
        scope["headers"] = [item for item in scope["headers"] if item != (b"cookie", b"")]
        return scope


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
        client = Asynchronous(enforce_csrf_checks=True, headers={"host": "localhost"})
        client.cookies = self.browser.cookies

        async def ask() -> Any:
            return await client.generic(method, path, data, **options)

        answer: HttpResponse = async_to_sync(ask)()
        return answer


@pytest.fixture(params=[False, True], ids=["wsgi", "asgi"])
def asgi(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=ADAPTERS)
def stranger(request: pytest.FixtureRequest, asgi: bool, settings: Any, alice: User) -> Stage:
    """Nobody is signed in."""
    settings.ROOT_URLCONF = "tests.adapters.urls"
    return Stage(request.param, asgi, Synchronous())


@pytest.fixture
def stage(stranger: Stage) -> Stage:
    """Alice is signed in."""
    assert stranger.browser.sign_in().status_code == 200
    return stranger


@pytest.fixture
def give(alice: User) -> Callable[..., str]:
    """Make a token of Alice's with these abilities, as it stands in `Authorization`."""

    def make(*abilities: str) -> str:
        return f"Bearer {flow.create(alice, name='a script', abilities=abilities, days=30).text}"

    return make
