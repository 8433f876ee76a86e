"""Rules about a Django Ninja API that the project mounts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.checks import ERROR, WARNING
from django.http import HttpRequest
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.security import HttpBasicAuth, HttpBearer, SessionAuth
from ninja.throttling import AnonRateThrottle

from spa_auth.core.limits import Limit
from spa_auth.drf import Throttle
from spa_auth.ninja import Api, session_auth

from .ask import SAME, ask, said


class Basic(HttpBasicAuth):
    def authenticate(self, request: HttpRequest, username: str, password: str) -> None: ...


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> None: ...


def view(request: HttpRequest) -> None: ...


def exempt(request: HttpRequest) -> None: ...


def asked(number: str, api: NinjaAPI, **changed: Any) -> str:
    return said(ask(number, SAME, ROOT_URLCONF=(path("notes/", api.urls),), **changed))


def made(of: Callable[..., NinjaAPI] = NinjaAPI, *, on: Any = view, **options: Any) -> NinjaAPI:
    """An API with one operation for two methods."""
    api = of(urls_namespace="asked", **options)
    api.get("all/")(on)
    api.post("all/")(on)
    return api


@pytest.mark.parametrize("of", [NinjaAPI, Api])
def test_a_password_in_a_header_is_a_side_door(of: Callable[..., NinjaAPI]) -> None:
    (message,) = ask("R40", SAME, ROOT_URLCONF=(path("n/", made(of, auth=[Basic()]).urls),))
    assert (message.level, message.msg) == (ERROR, "/n/all/ takes HttpBasicAuth.")
    assert asked("R40", made(of, auth=Bearer())) == ""


def test_a_cookie_without_a_token_is_a_hole() -> None:
    assert "/notes/all/ believes a cookie" in asked("R22", made(auth=SessionAuth(csrf=False)))
    open_view = csrf_exempt(exempt)
    assert "believes a cookie" in asked("R22", made(auth=SessionAuth(), on=open_view))
    assert asked("R22", made(auth=SessionAuth())) == ""
    assert asked("R22", made(Api)) == ""


def test_an_api_that_says_nothing_is_open() -> None:
    (message,) = ask("R41", SAME, ROOT_URLCONF=(path("n/", made().urls),))
    assert (message.level, "/n/all/" in message.msg) == (WARNING, True)
    router = Router()
    router.get("deep/")(view)
    api = NinjaAPI(urls_namespace="deep")
    api.add_router("inner/", router)
    assert "/notes/inner/deep/" in asked("R41", api)


@pytest.mark.parametrize(
    "options", [{"auth": None}, {"auth": session_auth}, {"auth": SessionAuth()}]
)
def test_an_api_that_says_who_may_is_asked_nothing(options: dict[str, Any]) -> None:
    assert asked("R41", made(**options)) == ""
    assert asked("R41", made(Api, **options)) == ""


def test_throttles_that_believe_clients_are_named() -> None:
    throttled = made(throttle=AnonRateThrottle("5/m"))
    assert "NINJA_NUM_PROXIES = 1" in asked("R53", throttled)
    assert asked("R53", made(throttle=AnonRateThrottle("5/m")), NINJA_NUM_PROXIES=1) == ""
    assert asked("R53", made()) == ""


def test_our_own_throttle_needs_no_number_of_proxies() -> None:
    from rest_framework.views import APIView  # noqa: PLC0415 - reads the settings

    class Often(APIView):
        throttle_classes = (Throttle("notes", Limit(address="60/1m")),)

    assert said(ask("R53", SAME, ROOT_URLCONF=(path("often/", Often.as_view()),))) == ""
