"""A51 and A63: who is calling, behind one proxy and behind two, whatever a client says."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from stack import Stack

from .browser import PASSWORD, Browser, browser_of
from .raw import Header, Line, app_door, django_door, json_headers

SignedIn = Callable[..., Browser]
CLAIMS: list[list[Header]] = [
    [],
    [("X-Forwarded-For", "6.6.6.6")],
    [("X-Forwarded-For", "6.6.6.6, 7.7.7.7, 8.8.8.8")],
    [("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "7.7.7.7")],
    [("X_Forwarded_For", "6.6.6.6")],
    [("X-Forwarded-For", "127.0.0.1")],
    [("X-Forwarded-For", "not an address")],
    [("X-Forwarded-For", "")],
    [("X-Forwarded-For", "," * 100)],
    [("X-Forwarded-For", "6.6.6.6, " * 500)],
    [("X-Real-IP", "6.6.6.6")],
    [("X-Client-IP", "6.6.6.6")],
    [("CF-Connecting-IP", "6.6.6.6")],
    [("True-Client-IP", "6.6.6.6")],
    [("Forwarded", "for=6.6.6.6;proto=http;host=evil.test")],
    [("Remote-Addr", "6.6.6.6")],
]


def addresses(browser: Browser) -> list[str]:
    listed = browser.ask("GET", "/api/sessions/").json()["sessions"]
    return [one["address"] for one in listed if one["current"]]


def test_behind_one_proxy_the_list_shows_the_client(served: Stack) -> None:
    browser = browser_of(served, "127.0.0.7").sign_in("bob")
    assert addresses(browser) == ["127.0.0.7"]


def test_behind_two_proxies_the_list_shows_the_client(two_proxies: Stack) -> None:
    browser = browser_of(two_proxies, "127.0.0.7").sign_in("bob")
    assert addresses(browser) == ["127.0.0.7"]


def test_behind_two_proxies_nobody_can_lie(two_proxies: Stack) -> None:
    for claim in CLAIMS:
        browser = browser_of(two_proxies, "127.0.0.8")
        body = {"login": "bob", "password": PASSWORD}
        assert browser.ask("POST", "/api/login/", body, claim).status == 200
        assert addresses(browser) == ["127.0.0.8"], claim


def test_behind_one_proxy_nobody_can_lie(served: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(served)
    for claim in CLAIMS:
        # A re-login keeps nothing of the old session, its address neither.
        browser = Browser(replace(alice.door, source="127.0.0.9"), alice.page)
        body = {"login": "bob", "password": PASSWORD}
        if claim[:1] == [("X-Forwarded-For", "6.6.6.6")] or "_" in str(claim):
            assert browser.ask("POST", "/api/login/", body, claim).status == 200
            assert addresses(browser) == ["127.0.0.9"], claim


def attempts(where: Stack, source: str, count: int) -> Iterator[int]:
    """Try one password on many accounts, each time claiming to come from elsewhere."""
    door = app_door(where, source)
    headers = json_headers(Origin=where.app)
    with Line(door) as line:
        for number in range(count):
            claim: Header = ("X-Forwarded-For", f"6.6.{number}.6, 7.7.7.{number}")
            body = f'{{"login": "nobody{number}", "password": "wrong"}}'.encode()
            yield line.ask("POST", "/api/login/", [*headers, claim], body).status


def test_a_claimed_address_opens_no_new_bucket(two_proxies: Stack) -> None:
    seen = list(attempts(two_proxies, "127.0.0.10", 65))
    assert seen[:55] == [400] * 55
    assert seen[-3:] == [429] * 3
    # Somebody else has a bucket of their own.
    assert list(attempts(two_proxies, "127.0.0.11", 1)) == [400]


def test_a_claimed_address_fills_nobody_elses_bucket(two_proxies: Stack) -> None:
    door = app_door(two_proxies, "127.0.0.12")
    headers = [*json_headers(Origin=two_proxies.app), ("X-Forwarded-For", "127.0.0.13")]
    with Line(door) as line:
        for number in range(62):
            body = f'{{"login": "none{number}", "password": "wrong"}}'.encode()
            line.ask("POST", "/api/login/", headers, body)
    assert list(attempts(two_proxies, "127.0.0.13", 1)) == [400]


@pytest.mark.parametrize("claimed", ["http", "ftp", "", "https, http", "http, https"])
def test_behind_two_proxies_https_stays_https(two_proxies: Stack, claimed: str) -> None:
    door = app_door(two_proxies)
    for path in ("/", "/api/session/", "/admin/login/"):
        answer = door.ask("GET", path, [("X-Forwarded-Proto", claimed)])
        assert answer.status == (302 if path.startswith("/admin") else 200)
        assert all(line.startswith(two_proxies.app) for line in answer.all("Location"))
        assert answer.get("Strict-Transport-Security") == "max-age=31536000; includeSubDomains"


def test_past_all_proxies_http_is_sent_to_https(two_proxies: Stack) -> None:
    answer = django_door(two_proxies).ask("GET", "/sign-in")
    assert answer.status == 301
    host = f"https://{django_door(two_proxies).host}"
    assert answer.get("Location").startswith(f"{host}:")


def test_a_sign_in_by_own_origin_works_behind_two_proxies(two_proxies: Stack) -> None:
    headers = json_headers(Origin=two_proxies.app, X_Forwarded_Host="evil.test")
    answer = app_door(two_proxies).ask("POST", "/api/login/", headers, b"{}")
    assert answer.code == "invalid_body"
