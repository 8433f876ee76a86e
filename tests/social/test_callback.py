"""The callback of the API: from a provider's redirect or form to the page of the front end."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from spa_auth.core.deployment import CrossSite
from spa_auth.social.models import Flow
from tests.conftest import ApiClient
from tests.social.provider import Provider
from tests.social.stage import come_back, leave

pytestmark = pytest.mark.django_db

PATH = "/api/social/oidc/callback/"
FORM = "application/x-www-form-urlencoded"


def passed_on(answer: HttpResponse) -> dict[str, str]:
    assert answer.status_code == 303
    fragment = urlsplit(answer["Location"]).fragment
    return {name: value for name, (value,) in parse_qs(fragment).items()}


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_it_passes_on_what_a_provider_sends(
    client: ApiClient, provider: Provider, method: str, slash: str
) -> None:
    sent = {"code": "c o&d=e", "state": "s", "iss": "https://i", "user": '{"name": "x"}', "x": "y"}
    path = PATH.rstrip("/") + slash
    answer = client.get(path, sent) if method == "get" else client.post(path, sent | {}, FORM_OF)
    if method == "post":
        answer = client.generic("POST", path, "code=c+o%26d%3De&state=s&iss=https://i&x=y", FORM)
    assert passed_on(answer) == {"code": "c o&d=e", "state": "s", "iss": "https://i"}
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Location"].startswith("http://localhost:8000/auth/oidc/callback#")


FORM_OF = "multipart/form-data; boundary=BoUnDaRyStRiNg"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("code=a&code=b&state=s", {"state": "s"}),
        (f"code={'x' * 4097}&state=s", {"state": "s"}),
        (f"state={'x' * 129}", {}),
        ("error=access_denied&error_description=no&state=s", None),
        ("", {}),
    ],
)
def test_what_is_odd_is_left_out(
    client: ApiClient, provider: Provider, sent: str, expected: dict[str, str] | None
) -> None:
    for answer in (client.get(f"{PATH}?{sent}"), client.generic("POST", PATH, sent, FORM)):
        given = {"error": "access_denied", "error_description": "no", "state": "s"}
        assert passed_on(answer) == (given if expected is None else expected)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", FORM_OF])
def test_only_a_form_is_read(client: ApiClient, provider: Provider, kind: str) -> None:
    body = json.dumps({"code": "x", "state": "s"})
    assert passed_on(client.generic("POST", PATH, body, kind)) == {}


def test_it_reads_no_cookie_and_asks_nothing(
    client: ApiClient, alice: User, provider: Provider
) -> None:
    """From another site, with the cookies of somebody who is signed in, and without any."""
    client.sign_in()
    state = leave(client)["state"]
    foreign = {"Origin": "https://appleid.apple.com", "Sec-Fetch-Site": "cross-site"}
    for who in (client, ApiClient()):
        with CaptureQueriesContext(connection) as queries:
            answer = who.generic("POST", PATH, f"code=x&state={state}", FORM, headers=foreign)
        assert passed_on(answer) == {"code": "x", "state": state}
        assert len(queries) == 0
        assert not answer.cookies
    assert Flow.objects.count() == 1
    assert client.get("/api/session/").json()["status"] == "authenticated"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: ApiClient, provider: Provider, method: str) -> None:
    answer = client.generic(method, PATH)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, POST"
    assert answer["Content-Type"] == "application/problem+json"


def test_it_leads_to_the_other_site(client: ApiClient, provider: Provider) -> None:
    """`CrossSite`: the API's cookies are in the jar of the front end, which a page here is not."""
    site = CrossSite(["http://app.localhost:5173"], api="http://localhost:8000")
    settings: dict[str, Any] = {
        "SPA_AUTH_DEPLOYMENT": site,
        "SPA_AUTH": {"SOCIAL_RETURN": "callback"},
    }
    with override_settings(**settings):
        way = leave(client)
        back = provider.agree(way["authorizationUrl"])
        led = client.get(PATH, back)
        assert led["Location"].startswith("http://app.localhost:5173/auth/oidc/callback#")
        assert come_back(client, "oidc", passed_on(led)).status_code == 200
