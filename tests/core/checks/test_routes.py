"""Rules about what the project mounts beside ours, however it is wrapped."""

from collections.abc import Callable
from functools import partial, wraps
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.views import (
    LoginView,
    PasswordChangeDoneView,
    PasswordChangeView,
    PasswordResetConfirmView,
    PasswordResetView,
)
from django.core.checks import ERROR, WARNING
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.views import View
from django.views.decorators.cache import cache_page, never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from rest_framework.authentication import BasicAuthentication, TokenAuthentication
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


class Resetting(PasswordResetConfirmView):
    """Signs in by itself."""

    post_reset_login = True


def named(module: str, name: str) -> type[APIView]:
    """Return what stands for a view of a package that is not installed here."""
    return type(name, (APIView,), {"__module__": module, "__qualname__": name})


KnoxLogin = named("knox.views", "LoginView")


def ninja(name: str) -> Callable[..., Any]:
    """Return a view as Django Ninja makes one, of a function of this name."""

    def function() -> None: ...

    function.__module__, _, function.__qualname__ = name.rpartition(".controller.")
    function.__module__ += ".controller"
    of_path = SimpleNamespace(operations=[SimpleNamespace(view_func=function)])

    gone = None

    def view(request: HttpRequest) -> object:
        return of_path, gone  # noqa: F821 # pragma: no cover - nobody calls it

    del gone
    return view


# As their current versions have them: each was looked at in a project that mounts it.
DOORS = [
    ("rest_framework_simplejwt.views", "TokenObtainPairView"),
    ("rest_framework_simplejwt.views", "TokenRefreshView"),
    ("dj_rest_auth.views", "LoginView"),
    ("dj_rest_auth.registration.views", "RegisterView"),
    ("djoser.views", "TokenCreateView"),
    ("djoser.social.views", "ProviderAuthView"),
    ("allauth.account.views._login", "LoginView"),
    ("allauth.account.views._login", "ConfirmLoginCodeView"),
    ("allauth.account.views._signup", "SignupView"),
    ("allauth.headless.account.views", "LoginView"),
    ("allauth.headless.socialaccount.views", "ProviderTokenView"),
    ("allauth.socialaccount.providers.oauth2.views", "OAuth2View.adapter_view.<locals>.view"),
    ("rest_social_auth.views", "BaseSocialAuthView"),
    ("social_django.views", "complete"),
]
CHANGES = [
    ("dj_rest_auth.views", "PasswordResetConfirmView"),
    ("djoser.views", "UserViewSet"),
    ("allauth.account.views._password_reset", "PasswordResetFromKeyView"),
    ("allauth.headless.account.views", "ManageEmailView"),
]
HARMLESS = [
    ("rest_framework_simplejwt.views", "TokenVerifyView"),
    ("knox.views", "LogoutAllView"),
    ("dj_rest_auth.views", "LogoutView"),
    ("djoser.views", "TokenDestroyView"),
    ("allauth.account.views._logout", "LogoutView"),
    ("allauth.headless.base.views", "ConfigView"),
    ("mine.views", "LoginView"),
]


class Basic(BasicAuthentication):
    """A subclass is the same door."""


class Throttled(APIView):
    throttle_classes = (AnonRateThrottle,)


class WithBasic(APIView):
    authentication_classes = (partial(Basic), Basic)


class MyToken(TokenAuthentication):
    """A subclass is the same door."""


class WithToken(APIView):
    authentication_classes = (MyToken,)


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
        ("R43", PasswordResetConfirmView.as_view(post_reset_login=True), "resets a password"),
        ("R43", decorated(Resetting.as_view()), "post_reset_login"),
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


@pytest.mark.parametrize(("module", "name"), DOORS)
def test_the_doors_of_other_packages_are_known(module: str, name: str) -> None:
    (message,) = ask("R42", SAME, ROOT_URLCONF=(path("here/", named(module, name).as_view()),))
    assert (message.level, f"/here/ leads to {module}.{name}," in message.msg) == (ERROR, True)


@pytest.mark.parametrize(("module", "name"), CHANGES)
def test_what_else_they_change_is_named_once(module: str, name: str) -> None:
    view = named(module, name).as_view()
    (message,) = ask("R42", SAME, ROOT_URLCONF=(path("here/", view), path("there/", view)))
    assert (message.level, f"{module}.{name}," in message.msg) == (WARNING, True)


@pytest.mark.parametrize(
    "view", [PasswordChangeView, PasswordResetView, PasswordResetConfirmView, Resetting]
)
def test_djangos_own_pages_for_passwords_are_named(view: type[View]) -> None:
    (message,) = ask("R42", SAME, ROOT_URLCONF=(path("here/", view.as_view()),))
    assert (message.level, "django.contrib.auth.views.Password" in message.msg) == (WARNING, True)


def test_a_page_that_changes_or_opens_nothing_is_left_alone() -> None:
    done = path("here/", PasswordChangeDoneView.as_view())
    assert mounted(done)("R42") == mounted(done)("R43") == ""
    assert mounted(path("here/", PasswordResetConfirmView.as_view()))("R43") == ""


@pytest.mark.parametrize(("module", "name"), HARMLESS)
def test_what_opens_nothing_is_left_alone(module: str, name: str) -> None:
    assert mounted(path("here/", named(module, name).as_view()))("R42") == ""


def test_what_ninja_wraps_is_seen() -> None:
    pair = ninja("ninja_jwt.controller.TokenObtainPairController.obtain_token")
    assert "TokenObtainPairController" in mounted(path("here/", pair))("R42")
    verify = ninja("ninja_jwt.controller.TokenVerificationController.verify_token")
    assert mounted(path("here/", verify))("R42") == ""


def test_tokens_that_are_still_believed_are_named() -> None:
    view = path("here/", WithToken.as_view())
    assert "/here/ takes rest_framework.authentication.Token" in mounted(view)("R40")
    jwt = "rest_framework_simplejwt.authentication.JWTAuthentication"
    written = {"REST_FRAMEWORK": {"DEFAULT_AUTHENTICATION_CLASSES": [jwt]}}
    assert jwt in mounted(**written)("R40")


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
