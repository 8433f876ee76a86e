"""The mistakes of the tutorials, tried on these endpoints."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from django.contrib.auth.models import User

from spa_auth.core import events
from spa_auth.sessions.models import Session
from tests.answers import outcome
from tests.attacks.side_doors import doors
from tests.classic.clients import FETCH, ORIGIN, Page, basic
from tests.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("alice")

EVIL = {"Origin": "https://evil.test"}
ELSEWHERE = {
    "a fetch": {**EVIL, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
    "an opaque fetch": {**EVIL, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    "a form": {**EVIL, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    "a sandboxed frame": {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    "a sibling": {"Origin": "http://localhost:9000", "Sec-Fetch-Site": "same-site"},
    "an old browser": EVIL,
    "an old browser's frame": {"Origin": "null"},
}


class Attacker(Page):
    """A page of somebody else: it says of itself what a test says."""

    browser: Mapping[str, str] = MappingProxyType({})


@pytest.mark.parametrize("how", ELSEWHERE)
@pytest.mark.parametrize("path", ["auth/login", "login"])
def test_a_foreign_page_signs_nobody_in(how: str, path: str) -> None:
    attacker = Attacker()
    body = {"username": "alice", "password": PASSWORD} if path == "login" else None
    sent = basic("alice", PASSWORD) | ELSEWHERE[how]
    answer = attacker.ask("POST", f"/api/{path}/", body, headers=sent)
    assert outcome(answer) == (403, "origin_refused")
    assert not answer.cookies
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"],
)
def test_a_form_is_not_read_beside_the_header(page: Page, content_type: str) -> None:
    sent = FETCH | basic("alice", PASSWORD) | {"Origin": ORIGIN}
    answer = page.send("POST", "/api/auth/login", b"x=1", content_type=content_type, headers=sent)
    assert outcome(answer) == (415, "unsupported_media_type")
    assert Session.objects.count() == 0


@pytest.mark.parametrize("how", ELSEWHERE)
@pytest.mark.parametrize("path", ["auth/logout", "logout"])
def test_a_foreign_page_signs_nobody_out(page: Page, how: str, path: str) -> None:
    page.ask("POST", "/api/auth/login", headers=basic("alice", PASSWORD))
    page.browser = {}
    sent = page.named_cookie() | ELSEWHERE[how]
    refused = page.ask("POST", f"/api/{path}/", headers=sent)
    assert outcome(refused) == (403, "origin_refused")
    assert page.ask("GET", "/api/me").status_code == 200


BY_LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-User": "?1"}
EMBEDDED = {"Sec-Fetch-Mode": "no-cors"}
GETS: Mapping[str, Mapping[str, str]] = {
    "a link of ours": BY_LINK | {"Sec-Fetch-Site": "same-origin"},
    "a link of somebody else's": BY_LINK | {"Sec-Fetch-Site": "cross-site"},
    "a link of a sibling": BY_LINK | {"Sec-Fetch-Site": "same-site"},
    "the address line": BY_LINK | {"Sec-Fetch-Site": "none"},
    "a frame": {
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "iframe",
    },
    "an image in ours": EMBEDDED | {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"},
    "an image elsewhere": EMBEDDED | {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
    "an image by CORS": FETCH | {"Sec-Fetch-Dest": "image"},
    "a script": EMBEDDED | {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "script"},
    "a prefetch": FETCH | {"Sec-Purpose": "prefetch"},
    "an old prefetch": FETCH | {"Purpose": "prefetch"},
    "an opaque fetch of ours": FETCH | {"Sec-Fetch-Mode": "no-cors"},
    "a fetch elsewhere": FETCH | EVIL | {"Sec-Fetch-Site": "cross-site"},
    "a fetch of a sibling": FETCH
    | {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:9000"},
    "a fetch of nobody": FETCH | {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    "a fetch of the address line": FETCH | {"Sec-Fetch-Site": "none"},
    "an old browser's fetch": {"Origin": ORIGIN},
    "an old browser's link": {},
}


@pytest.mark.parametrize("how", GETS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_only_a_script_of_the_front_end_signs_out_by_get(
    page: Page, how: str, method: str, reported: list[events.Event]
) -> None:
    page.ask("POST", "/api/auth/login", headers=basic("alice", PASSWORD))
    page.browser = {}
    for path in ("/api/logout", "/api/logout/", "/api/logout/?next=/"):
        refused = page.ask(method, path, headers=dict(GETS[how]))
        assert refused.status_code == 403
    assert page.ask("GET", "/api/me").status_code == 200
    assert [event.kind for event in reported] == ["sign_in", *["request_refused"] * 3]


@pytest.mark.parametrize("mode", ["cors", "same-origin"])
def test_a_script_may(page: Page, mode: str) -> None:
    page.ask("POST", "/api/auth/login", headers=basic("alice", PASSWORD))
    page.browser = FETCH | {"Sec-Fetch-Mode": mode}
    assert page.ask("GET", "/api/logout").status_code == 200
    assert page.ask("GET", "/api/me").status_code == 401


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_a_script_of_a_front_end_elsewhere_may(page: Page, site: str) -> None:
    """S3-X: the front end and Django are two origins."""
    page.ask("POST", "/api/auth/login", headers=basic("alice", PASSWORD))
    page.browser = FETCH | {"Sec-Fetch-Site": site}
    assert page.ask("GET", "/api/logout", headers={"Origin": ORIGIN}).status_code == 200
    assert page.ask("GET", "/api/me").status_code == 401


def test_a_look_alike_of_our_cookies_is_refused(page: Page) -> None:
    header = {"Cookie": "csrftoken=a; csrftoken=b"}
    for method, path in (("POST", "auth/login"), ("GET", "logout"), ("GET", "me")):
        refused = page.ask(method, f"/api/{path}", headers=header | basic("alice", PASSWORD))
        assert outcome(refused) == (400, "cookie_ambiguous")


@pytest.mark.leaves_secrets("views of the tests' project fail, and say so")
def test_there_is_no_other_way_in() -> None:
    found = doors(username="alice", email="alice@example.com", password=PASSWORD)
    by_body = {(f"/api/login{end}", "JSON") for end in ("", "/")}
    assert found == by_body | {(f"/api/auth/login{end}", "Basic") for end in ("", "/")}


def test_who_was_deactivated_is_nobody(page: Page, alice: User) -> None:
    page.ask("POST", "/api/auth/login", headers=basic("alice", PASSWORD))
    alice.is_active = False
    alice.save()
    for path in ("me", "profile", "users/profile", "hello"):
        assert page.ask("GET", f"/api/{path}").status_code == 401
    signs_in = page.ask("POST", "/api/auth/login", headers=basic("alice", PASSWORD))
    assert outcome(signs_in) == (400, "invalid_credentials")
