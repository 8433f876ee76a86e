"""Rules about what the project mounts beside ours, however it is wrapped."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.views import LoginView
from django.core.checks import ERROR, WARNING
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.cache import cache_page, never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from rest_framework.authentication import BasicAuthentication
from rest_framework.authtoken.views import obtain_auth_token
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from spa_auth.core import login
from spa_auth.core.admin import AdminSite
from spa_auth.core.served import index
from tests import settings
from tests.urls import form

from .ask import SAME, ask, said

LOGIN_REQUIRED = [
    *settings.MIDDLEWARE,
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]
Pattern = URLPattern | URLResolver


def decorated(view: Callable[..., Any]) -> Callable[..., Any]:
    return wraps(view)(partial(view))


class MyLogin(LoginView):
    """A form of the project's own, on Django's."""


class KnoxLogin(APIView):
    """Stands for a view of a package that is not installed here."""

    __module__ = "knox.views"
    __qualname__ = "LoginView"


class Basic(BasicAuthentication):
    """A subclass is the same door."""


class Throttled(APIView):
    throttle_classes = (AnonRateThrottle,)


class WithBasic(APIView):
    authentication_classes = (partial(Basic), Basic)


class Redirecting(admin.AdminSite):
    login = AdminSite.login


DJANGOS = admin.AdminSite(name="djangos")
DECORATED = admin.AdminSite(name="decorated")
DECORATED.login = decorated(DECORATED.login)  # type: ignore[method-assign] # as allauth's manual says


def mounted(*patterns: Pattern, **changed: Any) -> Callable[[str], str]:
    return lambda number: said(ask(number, SAME, ROOT_URLCONF=patterns, **changed))


@pytest.mark.parametrize(
    ("number", "view", "named"),
    [
        ("R42", obtain_auth_token, "ObtainAuthToken"),
        ("R42", KnoxLogin.as_view(), "knox.views.LoginView"),
        ("R42", decorated(partial(KnoxLogin.as_view())), "knox.views.LoginView"),
        ("R43", LoginView.as_view(), "form"),
        ("R43", never_cache(MyLogin.as_view()), "Django's"),
        ("R40", WithBasic.as_view(), "BasicAuthentication"),
        ("R53", Throttled.as_view(), '"NUM_PROXIES": 1'),
        ("R61", cache_page(60)(index), "cache_page"),
        ("R61", ensure_csrf_cookie(cache_page(60)(form)), "cache_page"),
        ("R61", cache_page(60)(ensure_csrf_cookie(form)), "/here/"),
    ],
)
def test_a_way_in_is_found(number: str, view: Callable[..., Any], named: str) -> None:
    direct = mounted(path("here/", view))(number)
    assert f"spa_auth.{number} " in direct
    assert named in direct
    inside = path("there/", include(([path("here/", view)], "inner"), namespace="deep"))
    assert named in mounted(path("", include([inside])))(number)


@pytest.mark.parametrize(
    ("number", "view"),
    [
        ("R42", form),
        ("R43", decorated(form)),
        ("R40", APIView.as_view()),
        ("R53", APIView.as_view()),
        ("R61", cache_page(60)(form)),
        ("R61", ensure_csrf_cookie(never_cache(index))),
    ],
)
def test_other_views_are_left_alone(number: str, view: Callable[..., Any]) -> None:
    assert mounted(path("here/", view))(number) == ""


@pytest.mark.parametrize("number", ["R43", "R61", "R76"])
def test_includes_by_name_are_read_too(number: str) -> None:
    patterns = (path("", include("django.contrib.auth.urls")), path("", include("spa_auth.urls")))
    assert bool(mounted(*patterns)(number)) == (number == "R43")


def test_throttles_that_count_as_the_deployment_does_are_right() -> None:
    view = path("here/", Throttled.as_view())
    assert mounted(view, REST_FRAMEWORK={"NUM_PROXIES": 1})("R53") == ""
    counted = {"SPA_AUTH": {"TRUSTED_PROXIES": 2}, "REST_FRAMEWORK": {"NUM_PROXIES": 2}}
    assert "NUM_PROXIES" not in mounted(view, **counted)("R53")


@pytest.mark.parametrize("site", [DJANGOS, admin.AdminSite()])
def test_an_admin_with_a_form_is_worse_where_more_than_a_password_is_asked_for(
    site: admin.AdminSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "_demands", [])
    patterns = (path("admin/", site.urls),)
    monkeypatch.setattr(login, "_demands", [])
    (message,) = ask("R44", SAME, ROOT_URLCONF=patterns)
    assert (message.level, "/admin/login/" in message.msg) == (WARNING, True)
    monkeypatch.setattr(login, "_factors", [lambda _: ["totp"]])
    (message,) = ask("R44", SAME, ROOT_URLCONF=patterns)
    assert message.level == ERROR


@pytest.mark.parametrize("site", [AdminSite(), Redirecting(), DECORATED])
def test_an_admin_that_sends_people_elsewhere_is_right(site: admin.AdminSite) -> None:
    assert mounted(path("admin/", site.urls))("R44") == ""


def test_our_endpoints_and_page_are_open_under_login_required() -> None:
    patterns = (path("", include("spa_auth.urls")), path("page/", index), path("own/", form))
    assert mounted(*patterns, MIDDLEWARE=LOGIN_REQUIRED)("R76") == ""


def test_a_wrapper_that_closes_our_page_is_named() -> None:
    closed = mounted(path("page/", partial(index)), MIDDLEWARE=LOGIN_REQUIRED)("R76")
    assert "/page/" in closed
    assert mounted(path("page/", partial(index)))("R76") == ""


@pytest.mark.parametrize("urlconf", ["nowhere.urls", "tests.core.checks.ask", None])
@pytest.mark.parametrize("number", ["R40", "R42", "R43", "R44", "R53", "R61", "R76"])
def test_a_broken_urlconf_is_left_to_django(number: str, urlconf: str | None) -> None:
    assert said(ask(number, SAME, ROOT_URLCONF=urlconf, MIDDLEWARE=LOGIN_REQUIRED)) == ""
