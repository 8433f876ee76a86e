"""Views that another package's authenticator lets people into, too: its tokens are no sessions."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import include, path
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from spa_auth.core.access import access_of
from spa_auth.core.limits import Limit
from spa_auth.drf import (
    HasAbility,
    HasFreshProof,
    IsAuthenticated,
    SessionAuthentication,
    Throttle,
)
from spa_auth.testing import csrf_headers
from tests.conftest import ApiClient


class NoRow:
    """Whom a token tells of, without a row: what Simple JWT calls a `TokenUser`."""

    is_authenticated = True


class Foreign(BaseAuthentication):
    """Believes `Authorization: Foreign <name>`."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        scheme, _, name = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme != "Foreign":
            return None
        return (User.objects.get(username=name) if name else NoRow()), None


def view(permission: type[BasePermission]) -> Any:
    class View(APIView):
        authentication_classes = (Foreign, SessionAuthentication)
        permission_classes = (permission,)

        def post(self, request: Request) -> Response:
            return Response({"user": request.user.get_username()})

    return View.as_view()


class Jwt(BaseAuthentication):
    """Believes `Authorization: Bearer jwt.<name>`."""

    def authenticate(self, request: Request) -> tuple[Any, None]:
        return User.objects.get(username=request.META["HTTP_AUTHORIZATION"].split(".")[1]), None


class Moving(APIView):
    """Takes the cookie of those who have moved, and the JWT of those who have not."""

    authentication_classes = (SessionAuthentication, Jwt)
    permission_classes: tuple[type[BasePermission], ...] = (IsAuthenticated,)

    def post(self, request: Request) -> Response:
        return Response({"user": request.user.get_username()})


class MovingFresh(Moving):
    permission_classes = (HasFreshProof,)


class Counted(APIView):
    authentication_classes = (SessionAuthentication,)
    permission_classes = ()
    throttle_classes = (Throttle("counted", Limit(user="1/1m", address="1/1m")),)

    def post(self, request: Request) -> Response:
        return Response({"user": "nobody" if request.user is None else request.user.pk})


class JwtAlone(MovingFresh):
    authentication_classes = (Foreign,)


class Asked(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        access = access_of(request._request)
        return access.is_fresh() or access.user.is_authenticated


urlpatterns = [
    path("api/", include("spa_auth.urls")),
    path("any/", view(IsAuthenticated)),
    path("fresh/", view(HasFreshProof)),
    path("ability/", view(HasAbility("notes:read"))),
    path("asked/", view(Asked)),
    path("moving/", Moving.as_view()),
    path("moving-fresh/", MovingFresh.as_view()),
    path("counted/", Counted.as_view()),
    path("jwt-alone/", JwtAlone.as_view()),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
GUARDED = ["fresh", "ability", "asked"]


def post(client: ApiClient, page: str, name: str | None = None, **more: str) -> tuple[int, object]:
    headers = {**csrf_headers(client), **more}
    if name is not None:
        headers["Authorization"] = f"Foreign {name}"
    answer = client.send("POST", f"/{page}/", {}, headers=headers)
    return answer.status_code, answer.json().get("code") or answer.json()["user"]


@pytest.mark.parametrize("page", GUARDED)
def test_a_token_beside_the_session_of_somebody_else_is_ambiguous(
    signed_in: ApiClient, bob: User, page: str
) -> None:
    assert post(signed_in, page) == (200, "alice")
    assert post(signed_in, page, "bob") == (400, "credentials_ambiguous")
    assert post(signed_in, page, "") == (400, "credentials_ambiguous")


@pytest.mark.parametrize(("page", "status"), [("fresh", 401), ("ability", 401), ("asked", 403)])
def test_a_token_alone_is_no_session(client: ApiClient, bob: User, page: str, status: int) -> None:
    assert post(client, page, "bob")[0] == status


def test_a_view_that_asks_for_no_session_takes_it(signed_in: ApiClient, bob: User) -> None:
    assert post(signed_in, "any", "bob") == (200, "bob")


def test_a_token_and_the_session_of_the_same_person_are_one(signed_in: ApiClient) -> None:
    assert post(signed_in, "fresh", "alice") == (200, "alice")


def test_a_token_brings_no_dead_session_back(signed_in: ApiClient, alice: User) -> None:
    alice.set_password("another-long-password-of-hers")
    alice.save()
    assert post(signed_in, "fresh", "alice") == (400, "credentials_ambiguous")


def test_a_session_of_djangos_own_login_is_one_without_a_proof(
    client: ApiClient, alice: User
) -> None:
    client.force_login(alice)
    assert post(client, "ability") == (200, "alice")
    assert post(client, "fresh") == (403, "reauthentication_required")


def test_a_bearer_of_another_packages_is_left_to_it(bob: User) -> None:
    """While clients move from Simple JWT, one after the other."""
    assert post(ApiClient(), "moving", Authorization="Bearer jwt.bob") == (200, "bob")
    refused = post(ApiClient(), "moving-fresh", Authorization="Bearer jwt.bob")
    assert refused == (401, "tokens.invalid")
    refused = post(ApiClient(), "any", Authorization="Bearer jwt.bob")
    assert refused == (401, "tokens.invalid")


def test_a_bearer_that_begins_as_ours_is_not(bob: User) -> None:
    refused = post(ApiClient(), "moving", Authorization="Bearer sat_jwt.bob")
    assert refused == (401, "tokens.invalid")


def test_a_bearer_of_others_beside_a_cookie_is_ambiguous(signed_in: ApiClient, bob: User) -> None:
    refused = post(signed_in, "moving", Authorization="Bearer jwt.bob")
    assert refused == (400, "credentials_ambiguous")


def test_a_project_may_have_no_word_for_nobody(settings: Any, db: None) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "UNAUTHENTICATED_USER": None}
    for name in ("any", "ability", "fresh"):
        assert post(ApiClient(), name) == (401, "not_authenticated")
    assert post(ApiClient(), "any", Authorization="Bearer jwt.bob") == (401, "tokens.invalid")
    assert post(ApiClient(), "counted") == (200, "nobody")
    assert post(ApiClient(), "counted") == (429, "rate_limited")


def test_who_is_nobody_to_a_view_is_nobody_to_its_permissions(
    settings: Any, signed_in: ApiClient
) -> None:
    """A cookie that none of the view's authenticators reads opens nothing."""
    assert post(signed_in, "jwt-alone") == (401, "not_authenticated")
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "UNAUTHENTICATED_USER": None}
    assert post(signed_in, "jwt-alone") == (401, "not_authenticated")
