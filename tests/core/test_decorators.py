from collections.abc import Callable

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.db import connection
from django.http import Http404, HttpRequest, JsonResponse
from django.test import AsyncClient
from django.urls import include, path
from django.utils.decorators import method_decorator
from django.views import View

from spa_auth.core.decorators import limited as core_limited
from spa_auth.core.decorators import session_required
from spa_auth.core.limits import Limit
from spa_auth.drf import Throttle
from tests.conftest import ApiClient


def test_a_plain_view_answers_signed_in_people(signed_in: ApiClient) -> None:
    assert signed_in.get("/private/").json() == {"user": "alice"}


def test_a_plain_view_refuses_others_with_401_as_problem(client: ApiClient, db: None) -> None:
    response = client.get("/private/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Session"
    assert response["Content-Type"] == "application/problem+json"


def test_a_plain_view_needs_the_token_for_a_change(signed_in: ApiClient) -> None:
    assert signed_in.send("POST", "/private/", headers={"X-CSRFToken": ""}).status_code == 403
    assert signed_in.send("POST", "/private/").status_code == 200


def test_an_asynchronous_view_is_guarded_too(alice: User) -> None:
    async def story() -> None:
        client = AsyncClient(headers={"host": "localhost"})
        assert (await client.get("/private-async/")).status_code == 401
        await client.aforce_login(alice)
        assert (await client.get("/private-async/")).json() == {"user": "alice"}

    async_to_sync(story)()


def test_a_guarded_view_keeps_its_name() -> None:
    @session_required
    def my_view(request: object) -> None:
        """Its own words."""

    assert (my_view.__name__, my_view.__doc__) == ("my_view", "Its own words.")


@session_required
def breaks(request: HttpRequest) -> None:
    User.objects.update(first_name="Changed")
    raise Http404


class Both(View):
    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"user": request.user.get_username()})


class Wrapped(View):
    async def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"user": (await request.auser()).get_username()})


@method_decorator(session_required, name="dispatch")
class Decorated(Both):
    """As Django's manual decorates a class."""


urlpatterns = [
    path("api/", include("spa_auth.urls")),
    path("breaks/", breaks),
    path("both/", session_required(Both.as_view())),
    path("wrapped/", session_required(Wrapped.as_view())),
    path("decorated/", Decorated.as_view()),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("view", ["both", "wrapped", "decorated"])
def test_classes_are_guarded_too(signed_in: ApiClient, view: str) -> None:
    assert signed_in.get(f"/{view}/").json() == {"user": "alice"}
    assert ApiClient().get(f"/{view}/").status_code == 401
    refused = signed_in.send("POST", f"/{view}/", {})
    assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")
    foreign = signed_in.send("POST", f"/{view}/", {}, headers={"Origin": "https://evil.example"})
    assert foreign.json()["code"] == "origin_refused"


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
def test_what_a_view_wrote_before_it_refused_is_undone(
    signed_in: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert signed_in.get("/breaks/").json()["code"] == "not_found"
    assert User.objects.get().first_name == "Alice"


@pytest.mark.parametrize("limited", [core_limited, Throttle])
def test_a_limit_of_a_view_reads_no_body(limited: Callable[..., object]) -> None:
    limit = Limit(address="5/1m", account="5/1m", subject=str)
    with pytest.raises(ValueError, match="body"):
        limited("notes", limit)
