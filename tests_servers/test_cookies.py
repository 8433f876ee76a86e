"""A21 to A23 and A26: what cookies look like, and whose cookies are believed."""

from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie

import pytest

from stack import Stack

from . import http2
from .browser import DEVICE, PASSWORD, SESSION, TOKEN, Browser, browser_of
from .raw import Answer, Header, api_door, app_door, django_door

SignedIn = Callable[..., Browser]
Body = dict[str, str | bool]
SESSION_BYTES = SESSION.encode()

# Bytes that Django takes for white space, so that what follows them becomes one of our names. The
# first five are UTF-8, which WSGI decodes; the last two are what ASGI reads, as Latin-1.
WSGI_BLANKS = [b"\xe2\x80\x80", b"\xc2\xa0", b"\xe3\x80\x80", b"\xc2\x85", b"\xe1\x9a\x80"]
ASGI_BLANKS = [b"\xa0", b"\x85"]
# nginx or the server refuses these, or they change nothing.
OTHER_BLANKS = [b"\x0b", b"\x0c", b"\x1c", b"\x1d", b"\x1e", b"\x1f"]

SAFE_PATHS = [
    *[f"/api/{name}/" for name in ("csrf", "session", "config", "whoami", "profile", "sessions")],
    "/api/hello/",
    "/api/stats/",
    "/api/notes/",
    "/api/schema/",
    "/api/no-such-thing/",
    "/admin/",
    "/admin/login/",
    "/admin/people/user/",
    "/static/admin/css/base.css",
    "/",
    "/sign-in",
]


def crawl(where: Stack) -> list[Answer]:
    """Ask for everything, as nobody, as a member of staff, and afterwards as nobody again."""
    browser = browser_of(where)
    answers = [browser.ask("GET", path) for path in SAFE_PATHS]
    refused: list[tuple[str, Body]] = [
        ("/api/login/", {"login": "alice", "password": "wrong"}),
        ("/api/login/", {"login": "alice"}),
        ("/api/logout/", {}),
    ]
    answers += [browser.ask("POST", path, body) for path, body in refused]
    answers += [app_door(where).ask("GET", path) for path in ("/", "/sign-in", "/assets/none.js")]
    signed_in = browser_of(where)
    for remember in (True, False):
        body: Body = {"login": "alice", "password": PASSWORD, "remember": remember}
        answers.append(signed_in.ask("POST", "/api/login/", body))
    answers += [signed_in.ask("GET", path) for path in SAFE_PATHS]
    answers.append(signed_in.ask("PATCH", "/api/profile/", {"firstName": "Alice"}))
    left = dict(signed_in.jar)
    answers.append(signed_in.ask("POST", "/api/logout/", {}))
    dead = Browser(signed_in.door, signed_in.page, left)
    # bob's, because the other tests go on with alice's.
    bob = browser_of(where).sign_in("bob")
    answers.append(bob.ask("POST", "/api/sessions/revoke-others/", {}))
    answers += [dead.ask("GET", path) for path in SAFE_PATHS]
    return answers


def test_every_cookie_has_the_attributes_of_its_deployment(deployed: Stack) -> None:
    crossing = "api.other.test" in deployed.api
    lines = [line for answer in crawl(deployed) for line in answer.all("Set-Cookie")]
    seen = set()
    for line in lines:
        # Python below 3.14 does not read it, but it must be there as it is written.
        partitioned = line.endswith("; Partitioned") or "; Partitioned;" in line
        assert partitioned == crossing, line
        ((name, morsel),) = SimpleCookie(line.replace("; Partitioned", "")).items()
        seen.add((name, bool(morsel.value)))
        assert name in {SESSION, TOKEN, DEVICE}, line
        assert morsel["secure"] is True, line
        # Django deletes without it: there is nothing left that a script could read.
        assert morsel["httponly"] is True or not morsel.value, line
        assert morsel["path"] == "/", line
        assert morsel["domain"] == "", line
        assert morsel["samesite"] == ("None" if crossing else "Lax"), line
    assert seen >= {(SESSION, True), (SESSION, False), (TOKEN, True), (DEVICE, True)}


def test_remember_false_ends_with_the_browser(same_origin: Stack) -> None:
    for remember, lasts in ((True, True), (False, False)):
        body = {"login": "alice", "password": PASSWORD, "remember": remember}
        answer = browser_of(same_origin).ask("POST", "/api/login/", body)
        (line,) = [line for line in answer.all("Set-Cookie") if line.startswith(f"{SESSION}=")]
        assert ("Max-Age" in line) == lasts


def planted(alice: Browser, mallory: Browser, blank: bytes) -> bytes:
    """Return alice's Cookie header once a sibling host has planted mallory's session."""
    return alice.cookie.encode() + b"; " + blank + SESSION_BYTES + b"=" + mallory.key.encode()


@pytest.mark.parametrize(("name", "blanks"), [("open", WSGI_BLANKS), ("open asgi", ASGI_BLANKS)])
def test_without_the_guard_a_look_alike_swaps_the_session(
    stacks: Mapping[str, Stack], signed_in: SignedIn, name: str, blanks: list[bytes]
) -> None:
    where = stacks[name]
    alice, mallory = signed_in(where, "alice"), signed_in(where, "mallory")
    for blank in blanks:
        assert alice.who() == "alice"
        assert alice.who(planted(alice, mallory, blank)) == "mallory", blank


@pytest.mark.parametrize(
    ("name", "blanks"), [("cross-origin", WSGI_BLANKS), ("same-origin asgi", ASGI_BLANKS)]
)
def test_with_the_guard_the_same_bytes_are_refused(
    stacks: Mapping[str, Stack], signed_in: SignedIn, name: str, blanks: list[bytes]
) -> None:
    where = stacks[name]
    alice, mallory = signed_in(where, "alice"), signed_in(where, "mallory")
    for blank in blanks:
        cookie: list[Header] = [("Cookie", planted(alice, mallory, blank))]
        ours = alice.ask("GET", "/api/session/", headers=cookie)
        assert (ours.status, ours.code) == (400, "cookie_ambiguous"), blank
        assert ours.all("Set-Cookie") == []
        assert alice.ask("GET", "/api/stats/", headers=cookie).status == 401, blank
    assert alice.who() == "alice"


def test_no_look_alike_is_believed_by_any_server(served: Stack, signed_in: SignedIn) -> None:
    alice, mallory = signed_in(served, "alice"), signed_in(served, "mallory")
    for blank in [*WSGI_BLANKS, *ASGI_BLANKS, *OTHER_BLANKS]:
        assert alice.who(planted(alice, mallory, blank)) in {"", "alice"}, blank


@pytest.mark.parametrize("name", ["open", "open asgi"])
def test_without_the_guard_the_last_of_two_cookies_wins(
    stacks: Mapping[str, Stack], signed_in: SignedIn, name: str
) -> None:
    where = stacks[name]
    alice, mallory = signed_in(where, "alice"), signed_in(where, "mallory")
    assert alice.who(planted(alice, mallory, b"")) == "mallory"


def test_with_the_guard_two_cookies_are_refused_in_any_order(
    served: Stack, signed_in: SignedIn
) -> None:
    alice, mallory = signed_in(served, "alice"), signed_in(served, "mallory")
    own, other = alice.cookie.encode(), SESSION_BYTES + b"=" + mallory.key.encode()
    for cookie in (own + b"; " + other, other + b"; " + own, own + b";" + other, own + b"; " + own):
        answer = alice.ask("GET", "/api/session/", headers=[("Cookie", cookie)])
        assert (answer.status, answer.code) == (400, "cookie_ambiguous")


def test_cookies_that_come_one_by_one_are_seen_together(served: Stack, signed_in: SignedIn) -> None:
    """As HTTP/2 sends them; each alone would be honest."""
    alice, mallory = signed_in(served, "alice"), signed_in(served, "mallory")
    own, other = ("cookie", f"{SESSION}={alice.key}"), ("cookie", f"{SESSION}={mallory.key}")
    assert b'"alice"' in http2.get(api_door(served), "/api/whoami/", [own])
    for crumbs in ([own, other], [other, own]):
        assert b"cookie_ambiguous" in http2.get(api_door(served), "/api/whoami/", crumbs)


def test_a_doubled_token_cookie_is_refused(served: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(served)
    cookie = f"{alice.cookie}; {TOKEN}={'a' * 32}"
    answer = alice.ask("POST", "/api/logout/", {}, [("Cookie", cookie)])
    assert (answer.status, answer.code) == (400, "cookie_ambiguous")
    assert alice.who() == "alice"


def test_two_cookie_headers_swap_no_session(served: Stack, signed_in: SignedIn) -> None:
    alice, mallory = signed_in(served, "alice"), signed_in(served, "mallory")
    other = SESSION_BYTES + b"=" + mallory.key.encode()
    for door in (api_door(served), django_door(served)):
        pair: list[Header] = [("Cookie", alice.cookie), ("Cookie", other)]
        for both in (pair, pair[::-1]):
            answer = door.ask("GET", "/api/whoami/", [("X-Forwarded-Proto", "https"), *both])
            # A server that joins them with a comma spoils the last cookie, which may be another.
            assert answer.status in {400, 401} or b'"alice"' in answer.body, answer.body


def test_plain_names_are_not_ours(served: Stack, signed_in: SignedIn) -> None:
    alice, mallory = signed_in(served, "alice"), signed_in(served, "mallory")
    for name in ("sessionid", "__host-sessionid", "__HOST-SESSIONID", "=__Host-sessionid"):
        cookie = f"{alice.cookie}; {name}={mallory.key}".encode()
        assert alice.who(cookie) in {"", "alice"}, name
        assert browser_of(served).who(f"{name}={mallory.key}".encode()) == "", name


def test_too_many_cookies_are_refused_in_words(deployed: Stack) -> None:
    for size in (9_000, 16_000, 40_000):
        cookie = "; ".join(f"bomb{index}={'x' * 1000}" for index in range(size // 1000))
        for door in {app_door(deployed), api_door(deployed)}:
            for path in ("/", "/api/session/"):
                answer = door.ask("GET", path, [("Cookie", cookie)])
                assert answer.status == 431
                assert b"delete the cookies of this site" in answer.body
    assert browser_of(deployed).ask("GET", "/api/session/").status == 200


def test_browsers_are_told_too(deployed: Stack) -> None:
    """They speak HTTP/2, where each cookie is a field of its own."""
    door = api_door(deployed)
    for count, told in ((1, False), (3, True), (16, True), (60, True)):
        cookies: list[Header] = [("cookie", f"bomb{n}={'x' * 4000}") for n in range(count)]
        body = http2.get(door, "/api/session/", cookies)
        assert (b"delete the cookies of this site" in body) == told, count
        assert (b"isAuthenticated" in body) != told, count
    # More than that nginx does not read.
    assert http2.get(door, "/", [("cookie", f"bomb{n}={'x' * 4000}") for n in range(100)]) == b""


def test_as_many_cookies_as_a_site_may_use_are_no_problem(
    deployed: Stack, signed_in: SignedIn
) -> None:
    alice = signed_in(deployed)
    many = "; ".join(f"other{index}={'x' * 100}" for index in range(60))
    assert alice.who(f"{many}; {alice.cookie}".encode()) == "alice"
