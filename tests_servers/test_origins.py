"""A34 and A37 to A39: DESIGN's table behind real servers, tokens, and methods."""

import json
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from stack import Stack

from .browser import Browser, browser_of
from .raw import Header, Line, api_door

SignedIn = Callable[..., Browser]
SITES = (None, "same-origin", "same-site", "cross-site", "none", "brand-new", "SAME-ORIGIN")
DEAD = "__Host-sessionid=abcdefghijklmnopqrstuvwxyz012345"


def origins(where: Stack) -> list[str | None]:
    host = where.app.removeprefix("https://")
    return [
        None,
        where.app,
        where.api,
        "null",
        "https://evil.test",
        "https://evil.example.localhost",
        f"http://{host}",
        where.app.rpartition(":")[0],
        f"{where.app}.evil.test",
        f"https://evil@{host}",
        where.app.upper(),
    ]


def passes(where: Stack, site: str | None, origin: str | None) -> bool:
    """Answer as the table of the browser boundary does."""
    if site == "same-origin":
        return True
    if site is not None:
        return origin == where.app
    return origin in {None, where.app, where.api}


def expected(where: Stack, path: str, site: str | None, origin: str | None, cookie: str) -> object:
    if not passes(where, site, origin):
        return 403, "origin_refused"
    if path == "/api/login/":
        return 400, "invalid_body"
    return {
        "none": (401, "not_authenticated"),
        "dead": (401, "not_authenticated"),
        "live": (403, "csrf_failed"),
        "live with token": (200, ""),
    }[cookie]


def headers(alice: Browser, site: str | None, origin: str | None, cookie: str) -> Iterator[Header]:
    yield "Content-Type", "application/json"
    if site is not None:
        yield "Sec-Fetch-Site", site
    if origin is not None:
        yield "Origin", origin
    if cookie.startswith("live"):
        yield "Cookie", alice.cookie
    if cookie == "dead":
        yield "Cookie", DEAD
    if cookie == "live with token":
        yield "X-CSRFToken", alice.token


@pytest.mark.parametrize(
    "name", ["django-served", "same-origin", "same-origin asgi", "cross-origin", "cross-site"]
)
def test_the_whole_table(stacks: dict[str, Stack], signed_in: SignedIn, name: str) -> None:
    where = stacks[name]
    alice = signed_in(where)
    wrong = []
    cookies = ("none", "dead", "live", "live with token")
    calls = (("POST", "/api/login/"), ("PATCH", "/api/profile/"))
    with Line(api_door(where)) as line:
        for (method, path), site, origin, cookie in product(calls, SITES, origins(where), cookies):
            sent = list(headers(alice, site, origin, cookie))
            answer = line.ask(method, path, sent, b"{}")
            seen = (answer.status, answer.code)
            if seen != expected(where, path, site, origin, cookie):
                wrong.append((path, site, origin, cookie, seen))
            assert "__Host-sessionid=" not in "".join(answer.all("Set-Cookie")) or cookie == "dead"
    assert wrong == []


def test_the_token_changes_at_sign_in(served: Stack) -> None:
    browser = browser_of(served)
    browser.ask("GET", "/api/csrf/")
    before_token, before_cookie = browser.token, browser.jar["__Host-csrftoken"]
    browser.sign_in("bob")
    assert browser.jar["__Host-csrftoken"] != before_cookie
    old = [("X-CSRFToken", before_token)]
    assert browser.ask("POST", "/api/logout/", {}, old).code == "csrf_failed"
    planted = browser.cookie.replace(browser.jar["__Host-csrftoken"], before_cookie)
    # A pair that fits is not enough where the origin does not.
    evil: list[Header] = [*old, ("Cookie", planted), ("Origin", "https://evil.test")]
    cross = [*evil, ("Sec-Fetch-Site", "cross-site")]
    assert browser.ask("POST", "/api/logout/", {}, cross).code == "origin_refused"
    assert browser.who() == "bob"


def test_somebody_elses_token_is_worth_nothing(served: Stack, signed_in: SignedIn) -> None:
    alice, mallory = signed_in(served, "alice"), signed_in(served, "mallory")
    answer = alice.ask("POST", "/api/logout/", {}, [("X-CSRFToken", mallory.token)])
    assert (answer.status, answer.code) == (403, "csrf_failed")
    assert alice.who() == "alice"


def test_a_token_anywhere_else_is_not_read(served: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(served)
    no_token: list[Header] = [("X-CSRFToken", "")]
    for path in (
        f"/api/logout/?csrfmiddlewaretoken={alice.token}",
        f"/api/logout/?csrfToken={alice.token}",
    ):
        assert alice.ask("POST", path, {}, no_token).code == "csrf_failed"
    for name in ("X_CSRFToken", "X-XSRF-Token", "X-CSRF-Token"):
        answer = alice.ask("POST", "/api/logout/", {}, [*no_token, (name, alice.token)])
        assert answer.code == "csrf_failed", name
    assert alice.who() == "alice"


def test_no_method_is_another_one(served: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(served)
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"):
        override: list[Header] = [(name, "POST"), ("X-CSRFToken", alice.token)]
        assert alice.ask("GET", "/api/logout/", headers=override).status == 405
        path = f"/api/logout/?{name}=POST"
        assert alice.ask("GET", path, headers=override).status == 405
    assert alice.who() == "alice"


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE", "FOO", "CONNECT", "PUT", "DELETE"])
def test_methods_that_nobody_declared_do_nothing(
    served: Stack, signed_in: SignedIn, method: str
) -> None:
    alice = signed_in(served)
    token: list[Header] = [("Cookie", alice.cookie), ("X-CSRFToken", alice.token)]
    ours: list[Header] = [*token, ("Origin", served.app)]
    for path in ("/api/logout/", "/api/sessions/revoke-others/", "/api/login/"):
        answer = api_door(served).ask(method, path, ours)
        assert answer.status in {400, 403, 405}, (path, answer.status)
        assert alice.key not in answer.body.decode()
    assert alice.who() == "alice"


def test_reading_changes_nothing(served: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(served)

    def state() -> object:
        sessions = alice.ask("GET", "/api/sessions/").json()["sessions"]
        listed = sorted(one["id"] for one in sessions)
        profile = alice.ask("GET", "/api/profile/").json()
        return listed, profile, alice.ask("GET", "/api/notes/").json()

    before = state()
    (current,) = [
        one["id"] for one in alice.ask("GET", "/api/sessions/").json()["sessions"] if one["current"]
    ]
    body = json.dumps({"firstName": "Mallory", "text": "planted"}).encode()
    for path in (
        "/api/profile/",
        "/api/notes/",
        "/api/logout/",
        "/api/sessions/revoke-others/",
        f"/api/sessions/{current}/",
    ):
        for method in ("GET", "HEAD", "OPTIONS"):
            headers: list[Header] = [("Cookie", alice.cookie), ("Content-Type", "application/json")]
            answer = api_door(served).ask(method, f"{path}?firstName=Mallory", headers, body)
            assert answer.status < 500
    assert state() == before
