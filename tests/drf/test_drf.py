from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from drf_spectacular.generators import SchemaGenerator
from rest_framework import exceptions
from rest_framework.permissions import BasePermission
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

import spa_auth.drf
from spa_auth.core import carriers
from spa_auth.core.errors import Forbidden
from spa_auth.drf import HasAbility, IsAuthenticated, SessionAuthentication, exception_handler
from spa_auth.drf.schema import include_spa_auth
from tests.adapters import rest
from tests.conftest import ApiClient

PROBLEM = "application/problem+json"


def test_a_session_is_known_to_drf(signed_in: ApiClient) -> None:
    assert signed_in.get("/drf/notes/").json() == {"user": "alice"}


def test_without_a_session_the_answer_is_401_and_no_pop_up(client: ApiClient, db: None) -> None:
    response = client.get("/drf/notes/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Session"
    assert response["Content-Type"] == PROBLEM
    assert response.json()["code"] == "not_authenticated"


def test_drfs_own_permission_gets_the_same_401() -> None:
    class Plain(APIView):
        authentication_classes = (SessionAuthentication,)

    header = Plain().get_authenticate_header(APIRequestFactory().get("/"))  # type: ignore[arg-type]
    assert header == "Session"


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=x"])
def test_a_change_needs_the_token(signed_in: ApiClient, content_type: str) -> None:
    response = signed_in.send(
        "POST", "/drf/notes/", b"", headers={"X-CSRFToken": ""}, content_type=content_type
    )
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    assert response["Content-Type"] == PROBLEM


def test_a_validation_error_is_told_per_field_in_camel_case(signed_in: ApiClient) -> None:
    body: dict[str, Any] = {"lines": [{"item_name": "book"}, {"item_name": "too long"}, {}]}
    response = signed_in.send("POST", "/drf/notes/", body)
    assert response.status_code == 400
    problem = response.json()
    assert problem["code"] == "invalid_body"
    codes = {path: [item["code"] for item in items] for path, items in problem["fields"].items()}
    assert codes == {"lines.1.itemName": ["max_length"], "lines.2.itemName": ["required"]}


def test_an_error_of_the_whole_body_has_the_empty_path(signed_in: ApiClient) -> None:
    response = signed_in.send("POST", "/drf/notes/", {"lines": [{"item_name": "a"}] * 3})
    assert [item["code"] for item in response.json()["fields"][""]] == ["too_many"]


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        ("a", {"": ["a"]}),
        (["a", "b"], {"": ["a", "b"]}),
        ({"first_name": "a"}, {"firstName": ["a"]}),
        ({"lines": [{"item": "a"}, "b"]}, {"lines": ["b"], "lines.0.item": ["a"]}),
        ({"non_field_errors": {"a": {"b": "c"}}}, {"a.b": ["c"]}),
        ({"lines": []}, {}),
    ],
)
def test_an_error_has_any_shape_that_a_view_gives_it(raised: Any, told: Any) -> None:
    answer = exception_handler(exceptions.ValidationError(raised), {})
    assert answer is not None
    fields = answer.data["fields"]
    said = {path: [item["detail"] for item in items] for path, items in fields.items()}
    assert said == told
    assert all(item["code"] == "invalid" for items in fields.values() for item in items)


def test_an_error_that_was_put_in_later_is_told_too() -> None:
    error = exceptions.ValidationError({})
    error.detail = {"name": "plain words", "age": 7}  # type: ignore[dict-item] # as people do
    answer = exception_handler(error, {})
    assert answer is not None
    said = {
        path: [item["detail"] for item in items] for path, items in answer.data["fields"].items()
    }
    assert said == {"name": ["plain words"], "age": ["7"]}


def test_what_is_no_json_for_another_reason_keeps_drfs_words() -> None:
    answer = exception_handler(exceptions.ParseError("No image."), {})
    assert answer is not None
    said = (answer.status_code, answer.data["code"], answer.data["detail"])
    assert said == (400, "parse_error", "No image.")


@pytest.mark.parametrize(
    ("fail", "status", "code"),
    [("404", 404, "not_found"), ("403", 403, "permission_denied"), ("429", 429, "rate_limited")],
)
def test_every_api_error_is_a_problem_document(
    signed_in: ApiClient, fail: str, status: int, code: str
) -> None:
    response = signed_in.get(f"/drf/notes/?fail={fail}")
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == PROBLEM
    assert response.json()["detail"]
    assert response.get("Retry-After") == ("7" if status == 429 else None)


def test_a_fault_is_left_to_django(signed_in: ApiClient) -> None:
    with pytest.raises(RuntimeError):
        signed_in.get("/drf/notes/?fail=500")
    assert exception_handler(RuntimeError(), {}) is None


def test_the_permission_lets_signed_in_people_in(signed_in: ApiClient, alice: Any) -> None:
    request: Any = APIRequestFactory().get("/")
    request.user = alice
    assert IsAuthenticated().has_permission(request, APIView())


def test_the_projects_schema_knows_our_scheme_and_our_operations(client: ApiClient) -> None:
    schema = client.get("/drf/schema/?format=json").json()
    session = [{"session": []}, {"sessionToken": []}]
    assert schema["paths"]["/drf/notes/"]["get"]["security"] == session
    assert schema["components"]["securitySchemes"]["session"]["name"] == "sessionid"
    assert schema["paths"]["/api/login/"]["post"]["operationId"] == "loginPassword"
    assert "PasswordLogin" in schema["components"]["schemas"]
    assert "Order" in schema["components"]["schemas"]


@override_settings(SESSION_COOKIE_NAME="__Host-sessionid")
def test_the_scheme_names_this_installations_cookie(client: ApiClient) -> None:
    schema = client.get("/drf/schema/?format=json").json()
    assert schema["components"]["securitySchemes"]["session"]["name"] == "__Host-sessionid"


def test_a_schema_of_the_same_name_is_not_overwritten_in_silence() -> None:
    with pytest.raises(ValueError, match="Problem"):
        include_spa_auth({"paths": {}, "components": {"schemas": {"Problem": {"type": "string"}}}})


def test_exceptions_with_words_of_the_project_keep_them() -> None:
    own = exceptions.PermissionDenied("Ask the owner.", code="not_owner")
    answer = exception_handler(own, {})
    assert answer is not None
    assert (answer.data["code"], answer.data["detail"]) == ("not_owner", "Ask the owner.")
    plain = exception_handler(exceptions.PermissionDenied(), {})
    assert plain is not None
    assert plain.data == Forbidden().problem()


def test_a_status_of_the_projects_own_is_kept() -> None:
    class Gone(exceptions.APIException):
        status_code = 499

    answer = exception_handler(Gone("Too late.", code="late"), {})
    assert answer is not None
    assert (answer.status_code, answer.data["title"], answer.data["code"]) == (499, "Error", "late")


def test_the_challenge_of_another_authenticator_is_kept() -> None:
    asked = exceptions.NotAuthenticated()
    asked.auth_header = "Token"  # type: ignore[attr-defined] # as DRF sets it
    answer = exception_handler(asked, {})
    assert answer is not None
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


def test_the_schema_says_which_ability_a_view_asks_for(
    client: ApiClient, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ROOT_URLCONF = "tests.adapters.urls"
    monkeypatch.setattr(carriers, "reads_tokens", lambda: True)
    monkeypatch.setattr(carriers, "takes_keys", lambda: True)
    paths = SchemaGenerator(patterns=rest.urlpatterns).get_schema(public=True)["paths"]
    notes = paths["/notes/"]
    session: list[Any] = [{"session": []}, {"sessionToken": []}]
    assert notes["get"]["security"] == [*session, {"apiToken": ["notes:read"]}]
    assert notes["post"]["security"] == [*session, {"apiToken": ["notes:write"]}]
    assert paths["/private/"]["get"]["security"] == session


class Nobody(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return False


def test_an_ability_goes_with_other_permissions(signed_in: ApiClient, settings: Any) -> None:
    request: Any = APIRequestFactory().get("/")
    request.user = User(username="alice")
    request._request = signed_in.get("/private/").wsgi_request
    both: Any = HasAbility("notes:read") & Nobody
    either: Any = Nobody | HasAbility("notes:read")
    assert not both().has_permission(request, APIView())
    assert either().has_permission(request, APIView())


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        spa_auth.drf.nothing  # noqa: B018
