"""What every endpoint does alike: bad input, methods, headers, one error format."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.core.body import Answer, EmptyBody
from spa_auth.core.endpoint import Endpoint, endpoint, registry
from spa_auth.core.models import Counter
from spa_auth.sessions.models import Session
from tests.conftest import PASSWORD, ApiClient


class EmptyAnswer(Answer):
    """Nothing."""


VALID = {"login": "alice", "password": PASSWORD}


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"{", 400, "invalid_body"),
        (b"[]", 400, "invalid_body"),
        (b"7", 400, "invalid_body"),
        (b"null", 400, "invalid_body"),
        (b"", 400, "invalid_body"),
        (b'{"login": "alice", "password": "\\u0000"}', 400, "invalid_body"),
        (b'{"login": "\\ud800", "password": "x"}', 400, "invalid_body"),
        (b'{"login": "alice", "login": "bob", "password": "x"}', 400, "invalid_body"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400, "invalid_body"),
        (b'{"login": "alice", "password": 7}', 400, "invalid_body"),
        (b'{"login": "alice", "password": ["x"]}', 400, "invalid_body"),
        (b'{"login": "alice", "password": null}', 400, "invalid_body"),
        (b'{"login": "alice", "password": ""}', 400, "invalid_body"),
        (b'{"login": "", "password": "x"}', 400, "invalid_body"),
        (b'{"password": "x"}', 400, "invalid_body"),
        (b'{"login": "alice", "username": "alice", "password": "x"}', 400, "invalid_body"),
        (b'{"login": "alice", "password": "x", "isStaff": true}', 400, "invalid_body"),
        (b'{"login": "alice", "password": "x", "__proto__": {}}', 400, "invalid_body"),
        (b'{"login": "alice", "password": "x", "remember": "yes"}', 400, "invalid_body"),
        (b'{"login": "alice", "password": "' + b"x" * 2000 + b'"}', 400, "invalid_body"),
        (b'{"login": "alice", "password": "' + b"x" * 100_000 + b'"}', 413, "body_too_large"),
        (b" " * 1_000_000, 413, "body_too_large"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_body_is_refused_before_anything_is_hashed_or_written(
    client: ApiClient, alice: User, hashes: list[int], raw: bytes, status: int, code: str
) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.send("POST", "/api/login/", raw)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert hashes == []
    assert len(queries) == 0
    assert Counter.objects.count() == Session.objects.count() == 0


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json, text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=utf-7",
        "application/x-json",
        "application/json+x",
        "text/json",
    ],
)
def test_only_json_is_read(client: ApiClient, alice: User, content_type: str) -> None:
    response = client.send("POST", "/api/login/", VALID, content_type=content_type)
    assert response.status_code == 415
    assert response.json()["code"] == "unsupported_media_type"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "APPLICATION/JSON",
        'application/json;charset="UTF-8"',
        "application/json; charset=utf-8",
    ],
)
def test_every_spelling_of_json_in_utf_8_is_read(
    client: ApiClient, alice: User, content_type: str
) -> None:
    response = client.send("POST", "/api/login/", VALID, content_type=content_type)
    assert response.status_code == 200


def test_a_form_type_is_refused_even_when_empty(client: ApiClient, db: None) -> None:
    for content_type in ("application/x-www-form-urlencoded", "text/plain"):
        response = client.send("POST", "/api/logout/", CONTENT_TYPE=content_type)
        assert response.status_code == 415


def test_an_empty_body_is_an_empty_object(client: ApiClient, db: None) -> None:
    assert client.send("POST", "/api/logout/", content_type="").status_code == 200
    assert client.send("POST", "/api/logout/", {}).status_code == 200
    assert client.send("POST", "/api/logout/", {"x": 1}).status_code == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"])
def test_a_method_that_a_path_does_not_have_is_405(client: ApiClient, method: str) -> None:
    response = client.send(method, "/api/login/", headers={"X-HTTP-Method-Override": "POST"})
    assert response.status_code == 405
    assert response.json()["code"] == "method_not_allowed"
    assert response["Allow"] == "POST"


def test_allow_lists_every_method(client: ApiClient) -> None:
    assert client.send("DELETE", "/api/profile/")["Allow"] == "GET, HEAD, PATCH"


def test_head_answers_like_get_without_content(client: ApiClient) -> None:
    response = client.head("/api/session/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", sorted(registry))
def test_every_path_works_with_and_without_the_slash(client: ApiClient, path: str) -> None:
    assert client.get(f"/api/{path}").status_code == client.get(f"/api/{path}/").status_code < 500


@pytest.mark.parametrize("path", sorted(registry))
def test_every_answer_is_no_store_and_varies(client: ApiClient, path: str, db: None) -> None:
    for method in ("GET", "POST", "DELETE"):
        response = client.send(method, f"/api/{path}/")
        assert response["Cache-Control"] == "no-store"
        assert {"Accept-Language", "Cookie", "Origin"} <= set(response["Vary"].split(", "))


@pytest.mark.parametrize(
    "header",
    [
        "sessionid=a; sessionid=b",
        "sessionid=a; \u00e2\u0080\u0080sessionid=b",
        "\u00a0csrftoken=b",
    ],
)
def test_look_alike_cookies_are_refused(client: ApiClient, header: str, db: None) -> None:
    response = client.send("POST", "/api/login/", VALID, headers={"Cookie": header})
    assert response.status_code == 400
    assert response.json()["code"] == "cookie_ambiguous"
    assert "debug" not in response.json()


@override_settings(DEBUG=True)
def test_a_developer_sees_which_cookies_are_refused(client: ApiClient, db: None) -> None:
    header = "other=1; other=2; sessionid=a; sessionid=b"
    response = client.get("/api/session/", headers={"Cookie": header})
    assert response.json()["debug"]["seen"] == {"cookies": ["sessionid"]}


def test_a_client_that_hangs_up_is_a_bad_request(
    client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang_up(*_: Any) -> bytes:
        raise UnreadablePostError

    monkeypatch.setattr(HttpRequest, "read", hang_up)
    response = client.send("POST", "/api/login/", VALID)
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_a_fault_of_ours_is_a_problem_document_and_counts_against_nobody(
    client: ApiClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret detail")

    client.raise_request_exception = False
    monkeypatch.setattr("spa_auth.core.login.advance", fail)
    for _ in range(12):  # more often than the limit allows
        response = client.sign_in()
        assert (response.status_code, response.json()["code"]) == (500, "server_error")
        assert b"secret" not in response.content
    monkeypatch.undo()
    assert client.sign_in().status_code == 200


def test_an_unknown_path_below_our_prefix_is_a_problem_document(client: ApiClient) -> None:
    for path in ("/api/nope/", "/api/session/x.css", "/api/session;.js"):
        response = client.get(path)
        assert (response.status_code, response.json()["code"]) == (404, "not_found")
        assert response["Cache-Control"] == "no-store"


def test_one_path_and_method_has_one_endpoint() -> None:
    with pytest.raises(ValueError, match="GET session is declared twice"):
        endpoint("GET", "session", returns=Answer)(lambda request: None)


def test_a_later_endpoint_may_say_that_it_replaces(
    client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry, "session", dict(registry["session"]))

    @endpoint("GET", "session", returns=EmptyAnswer, replaces=True)
    def session(request: HttpRequest) -> EmptyAnswer:
        return EmptyAnswer()

    client.contract = False
    assert client.get("/api/session/").json() == {}
    with pytest.raises(ValueError, match="GET session is declared twice"):
        endpoint("GET", "session", returns=EmptyAnswer)(session)


def test_an_operation_is_named_after_its_function() -> None:
    def revoke_all_others(request: HttpRequest) -> Answer:
        return Answer()

    assert isinstance(revoke_all_others(HttpRequest()), Answer)
    declared = Endpoint(method="POST", path="x", handler=revoke_all_others, returns=Answer)
    assert declared.operation_id == "revokeAllOthers"
    assert declared.body_model() is None
    assert (
        Endpoint(
            method="POST", path="x", handler=revoke_all_others, returns=Answer, body=EmptyBody
        ).body_model()
        is EmptyBody
    )
