import asyncio
import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.contrib.auth.models import User
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import clear_script_prefix, set_script_prefix

from spa_auth.core import events
from spa_auth.core.deployment import CrossSite
from spa_auth.core.middleware import BoundaryMiddleware, one_error_format
from tests.conftest import ApiClient


def test_elsewhere_an_ambiguous_cookie_means_no_session_and_is_reported(
    signed_in: ApiClient, reported: list[events.Event]
) -> None:
    key = signed_in.cookies["sessionid"].value
    good = signed_in.get("/private/", headers={"Cookie": f"sessionid={key}"})
    assert good.status_code == 200
    bad = signed_in.get("/private/", headers={"Cookie": f"sessionid=evil; sessionid={key}"})
    assert bad.status_code == 401
    assert reported == [
        events.RequestRefused(code="cookie_ambiguous", path="/private/", address="127.0.0.1")
    ]


def test_other_cookies_are_kept_when_ours_are_ambiguous() -> None:
    request = RequestFactory().get("/", headers={"Cookie": "a=1; sessionid=b; sessionid=c"})
    BoundaryMiddleware(lambda _: HttpResponse())(request)
    assert request.COOKIES == {"a": "1"}


def test_the_projects_own_404_below_our_prefix_is_its_own(client: ApiClient) -> None:
    response = client.get("/api/missing/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


def test_the_projects_own_fault_below_our_prefix_is_its_own(client: ApiClient) -> None:
    client.raise_request_exception = False
    response = client.get("/api/broken/")
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")


def test_an_unknown_path_elsewhere_is_the_projects_own(client: ApiClient) -> None:
    assert client.get("/drf/nope/")["Content-Type"].startswith("text/html")


def test_a_refused_host_below_our_prefix_is_a_problem_document(client: ApiClient) -> None:
    response = client.get("/api/session/", headers={"Host": "evil.test"})
    assert response.status_code == 400
    assert response.json()["code"] == "bad_request"


def test_a_problem_document_is_not_wrapped_again() -> None:
    request = RequestFactory().get("/api/x")
    response = HttpResponse(status=503, content_type="application/problem+json")
    assert one_error_format(request, response) is response


def test_a_project_that_does_not_mount_us_keeps_its_errors() -> None:
    request = RequestFactory().get("/api/x")
    response = HttpResponse(status=404)
    with override_settings(ROOT_URLCONF="tests.core.test_middleware"):
        assert one_error_format(request, response) is response


urlpatterns: list[Any] = []


def test_a_script_prefix_belongs_to_our_prefix() -> None:
    request = RequestFactory().get("/api/x", SCRIPT_NAME="/mounted")
    set_script_prefix("/mounted/")
    try:
        answer = one_error_format(request, HttpResponse(status=404))
    finally:
        clear_script_prefix()
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("status", [400, 404, 405, 413, 415, 502])
def test_every_error_status_has_its_problem_document(status: int) -> None:
    request = RequestFactory().get("/api/x")
    answer = one_error_format(request, HttpResponse(status=status))
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.status_code == (min(500, status))


def test_the_middleware_is_asynchronous_under_asgi() -> None:
    async def view(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(0)
        return HttpResponse("fine")

    middleware = BoundaryMiddleware(view)
    response = asyncio.run(middleware(RequestFactory().get("/")))  # type: ignore[arg-type]
    assert response.content == b"fine"


@async_to_sync
async def asgi_get(path: str, cookie: bytes) -> dict[str, Any]:
    """Send raw bytes through Django's ASGI handler, as a server does."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"cookie", cookie)],
    }
    server = ApplicationCommunicator(get_asgi_application(), scope)
    await server.send_input({"type": "http.request"})
    await server.receive_output()
    answer: dict[str, Any] = json.loads((await server.receive_output())["body"])
    await server.wait()
    return answer


def test_under_asgi_the_same_look_alike_is_refused() -> None:
    # The byte 0xA0, which ASGI decodes as Latin-1 and Django then strips.
    assert asgi_get("/api/session/", b"\xa0sessionid=evil")["code"] == "cookie_ambiguous"


def test_under_asgi_an_honest_request_is_answered() -> None:
    assert asgi_get("/api/session/", b"other=1")["status"] == "anonymous"


CROSS_SITE = CrossSite(["https://app.example.com"], api="https://testserver")


@override_settings(SPA_AUTH_DEPLOYMENT=CROSS_SITE, SESSION_COOKIE_NAME="__Host-sessionid")
def test_across_sites_every_cookie_of_ours_is_partitioned_deletions_too(alice: User) -> None:
    client = ApiClient()
    client.sign_in()
    sent = {name: morsel.OutputString() for name, morsel in client.cookies.items()}
    assert set(sent) == {"__Host-sessionid", "__Host-sessionid_auth_device", "csrftoken"}
    client.send("POST", "/api/logout/")
    sent["deleted"] = client.cookies["__Host-sessionid"].OutputString()
    assert "Max-Age=0" in sent["deleted"]
    for text in sent.values():
        assert {"Partitioned", "Secure", "SameSite=None"} <= set(text.split("; "))


@pytest.mark.parametrize(("deployment", "policy"), [(CROSS_SITE, "cross-origin"), (None, None)])
def test_who_may_embed_an_answer_follows_from_the_deployment(
    client: ApiClient, deployment: Any, policy: str | None
) -> None:
    with override_settings(SPA_AUTH_DEPLOYMENT=deployment):
        assert client.get("/cart/").headers.get("Cross-Origin-Resource-Policy") == policy


def test_an_answer_of_the_api_is_no_page(client: ApiClient) -> None:
    for path in ("/api/csrf/", "/api/whoami/", "/api/nothing/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert policy == "default-src 'none'; frame-ancestors 'none'; sandbox"
