"""What is Ninja's own: its errors, its other authenticators, its throttles, its schema."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import override_settings
from django.urls import include, path
from ninja import Query, Schema
from ninja.errors import AuthorizationError, HttpError
from ninja.security import HttpBearer
from ninja.throttling import UserRateThrottle

import spa_auth.ninja
from spa_auth.core import carriers
from spa_auth.ninja import Api, ability, session_auth
from tests.conftest import ApiClient


class Key(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        return token if token == "right" else None


class Line(Schema):
    item: str


class Order(Schema):
    lines: list[Line]


api = Api(title="Shop", urls_namespace="shop")


@api.post("order/")
def order(request: HttpRequest, order: Order) -> None: ...


@api.post("two/", auth=None)
def two(request: HttpRequest, order: Order, line: Line) -> None: ...


@api.get("page/", auth=None)
def page(request: HttpRequest, number: int = Query(1)) -> int:
    return number


@api.get("fail/{code}/", auth=None)
def fail(request: HttpRequest, code: int) -> None:
    failures: dict[int, Exception] = {
        403: AuthorizationError(message="Not yours."),
        404: HttpError(404, "No such shop."),
        409: HttpError(409, "Sold out."),
        499: HttpError(499, "Too late."),
        500: RuntimeError(),
    }
    raise failures[code]


@api.get("key/", auth=[Key(), session_auth])
def key(request: HttpRequest) -> str:
    return "in"


@api.get("only-key/", auth=Key())
def only_key(request: HttpRequest) -> str:
    return "in"


@api.get("often/", throttle=UserRateThrottle("1/d"))
def often(request: HttpRequest) -> None: ...


@api.get("read/", auth=ability("notes:read"))
def read(request: HttpRequest) -> None: ...


urlpatterns: list[Any] = [
    path("api/", include("spa_auth.urls")),
    path("shop/", api.urls),
]
pytestmark = pytest.mark.urls(__name__)


def codes(response: Any) -> dict[str, Sequence[str]]:
    assert (response.status_code, response.json()["code"]) == (400, "invalid_body")
    fields = response.json()["fields"]
    return {place: [item["code"] for item in items] for place, items in fields.items()}


def test_a_field_is_named_as_it_was_sent(signed_in: ApiClient) -> None:
    body = {"lines": [{"item": "a"}, {}, {"item": 1}]}
    told = codes(signed_in.send("POST", "/shop/order/", body))
    assert told == {"lines.1.item": ["required"], "lines.2.item": ["wrong_type"]}


def test_two_arguments_are_two_names_in_the_body(client: ApiClient) -> None:
    told = codes(client.send("POST", "/shop/two/", {"order": {}, "line": {"item": "a"}}))
    assert told == {"order.lines": ["required"]}


def test_a_query_is_named_as_it_was_sent(client: ApiClient) -> None:
    assert client.get("/shop/page/?number=3").json() == 3
    assert codes(client.get("/shop/page/?number=x")) == {"number": ["invalid"]}


@pytest.mark.parametrize(
    ("status", "code", "detail"),
    [
        (403, "permission_denied", "Not yours."),
        (404, "not_found", "No such shop."),
        (409, "error", "Sold out."),
        (499, "error", "Too late."),
    ],
)
def test_an_error_of_ninjas_keeps_its_words(
    client: ApiClient, status: int, code: str, detail: str
) -> None:
    response = client.get(f"/shop/fail/{status}/")
    assert response["Content-Type"] == "application/problem+json"
    said = response.json()
    assert (response.status_code, said["code"], said["detail"]) == (status, code, detail)


def test_a_fault_is_left_to_django(client: ApiClient) -> None:
    with pytest.raises(RuntimeError):
        client.get("/shop/fail/500/")


def test_other_authenticators_may_come_first(signed_in: ApiClient, client: ApiClient) -> None:
    assert signed_in.get("/shop/key/").json() == "in"
    stranger = ApiClient()
    assert stranger.get("/shop/key/", headers={"Authorization": "Bearer right"}).json() == "in"
    assert stranger.get("/shop/key/").status_code == 401
    right = {"Authorization": "Bearer right"}
    assert stranger.get("/shop/only-key/", headers=right).json() == "in"
    refused = stranger.get("/shop/only-key/")
    assert (refused.status_code, refused.json()["code"]) == (401, "not_authenticated")


def test_a_throttle_of_ninjas_says_when_to_come_back(signed_in: ApiClient) -> None:
    assert signed_in.get("/shop/often/").status_code == 200
    refused = signed_in.get("/shop/often/")
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert int(refused["Retry-After"]) > 0


def test_under_login_required_an_operation_refuses_by_itself(
    client: ApiClient, settings: Any
) -> None:
    guard = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, guard]
    assert client.get("/shop/order/").status_code == 405
    assert client.get("/shop/read/").status_code == 401
    assert client.get("/shop/docs").status_code == 302


def test_the_schema_has_our_operations_and_says_how_to_ask(
    client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carriers, "reads_tokens", lambda: True)
    monkeypatch.setattr(carriers, "takes_keys", lambda: True)
    schema = client.get("/shop/openapi.json").json()
    paths = schema["paths"]
    assert paths["/api/login/"]["post"]["operationId"] == "loginPassword"
    session: list[Any] = [{"session": []}, {"sessionToken": []}]
    assert paths["/shop/order/"]["post"]["security"] == session
    token = {"apiToken": ["notes:read"]}
    assert paths["/shop/read/"]["get"]["security"] == [*session, token]
    assert paths["/shop/key/"]["get"]["security"] == [{"Key": []}, *session]
    assert "security" not in paths["/shop/page/"]["get"]
    assert {"Order", "PasswordLogin"} <= set(schema["components"]["schemas"])
    assert {"Key", "session", "apiToken"} <= set(schema["components"]["securitySchemes"])


@override_settings(SESSION_COOKIE_NAME="__Host-sessionid")
def test_the_scheme_names_this_installations_cookie() -> None:
    schema = api.get_openapi_schema(path_prefix="shop/")
    assert schema["components"]["securitySchemes"]["session"]["name"] == "__Host-sessionid"


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        spa_auth.ninja.nothing  # noqa: B018
