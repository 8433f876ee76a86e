"""A43, A46, A48: a cache in front, and addresses that look like files."""

from collections.abc import Callable

from stack import Stack

from .browser import SESSION, Browser
from .raw import Answer, Door, Header, api_door, app_door

SignedIn = Callable[..., Browser]
OURS = [f"/api/{name}/" for name in ("session", "csrf", "config", "whoami", "profile", "sessions")]
PROJECTS = ("/api/hello/", "/api/stats/", "/api/notes/")


def through(port: int, where: Stack) -> Door:
    door = api_door(where)
    return Door(port, door.host, door.authority)


def ask(door: Door, path: str, cookie: str, origin: str) -> Answer:
    headers: list[Header] = [("Origin", origin)]
    if cookie:
        headers.append(("Cookie", cookie))
    return door.ask("GET", path, headers)


def test_the_cache_would_keep_what_it_may(cached: int, stacks: dict[str, Stack]) -> None:
    """The other tests of this file prove nothing unless this one holds."""
    door = through(cached, stacks["cross-origin"])
    style = [door.ask("GET", "/static/admin/css/base.css").get("X-Cache") for _ in range(2)]
    assert style == ["MISS", "HIT"]


def test_nothing_of_ours_is_kept(
    cached: int, stacks: dict[str, Stack], signed_in: SignedIn
) -> None:
    where = stacks["cross-origin"]
    alice = signed_in(where)
    door = through(cached, where)
    for path in OURS:
        for cookie in (alice.cookie, "", alice.cookie):
            answer = ask(door, path, cookie, where.app)
            assert answer.get("X-Cache") != "HIT", path
            assert answer.get("Cache-Control") == "no-store", path


def test_nobody_gets_what_was_meant_for_somebody_else(
    cached: int, stacks: dict[str, Stack], signed_in: SignedIn
) -> None:
    where = stacks["cross-origin"]
    alice, mallory = signed_in(where, "alice"), signed_in(where, "mallory")
    alice.ask("POST", "/api/notes/", {"text": "for alice alone"})
    door = through(cached, where)
    for path in (*OURS, *PROJECTS):
        first = ask(door, path, alice.cookie, where.app)
        assert first.status == 200
        again = ask(door, path, mallory.cookie, where.app)
        nobody = ask(door, path, "", where.app)
        stranger = ask(door, path, alice.cookie, "https://evil.test")
        for other in (again, nobody):
            assert b"alice" not in other.body, path
            assert alice.key not in "".join(other.all("Set-Cookie")), path
        assert stranger.all("Access-Control-Allow-Origin") == [], path
        back = ask(door, path, alice.cookie, where.app)
        assert back.get("Access-Control-Allow-Origin") == where.app, path


def test_a_sign_in_is_not_kept(cached: int, stacks: dict[str, Stack]) -> None:
    where = stacks["cross-origin"]
    browser = Browser(through(cached, where), where.app)
    browser.sign_in("mallory")
    answer = through(cached, where).ask("GET", "/api/session/")
    assert answer.json()["isAuthenticated"] is False
    assert SESSION not in answer.cookies


def test_an_address_that_looks_like_a_file_shows_no_data(
    deployed: Stack, signed_in: SignedIn
) -> None:
    alice = signed_in(deployed)
    for base in ("/api/session", "/api/whoami", "/api/profile", "/api/stats"):
        for tail in (
            "/x.css",
            "/.css",
            "/;.js",
            ";.js",
            "/%2fx.css",
            "%2fx.css",
            "/..%2fx.css",
            "/%00.css",
            "%00.css",
            "%3bx.css",
            "%23x.css",
            "%3fx.css",
            "/x/../../../assets/x.css",
        ):
            shows_nothing(api_door(deployed), base + tail, alice)
    for path in (
        "/assets/..%2fapi/session/",
        "/assets/%2e%2e/api/session/",
        "/assets/%2e%2e%2fapi%2fsession%2f",
        "/static/../api/session/",
        "/static/..%2fapi/session/",
        "//api/session/",
        "/API/session/",
    ):
        shows_nothing(api_door(deployed), path, alice)
        shows_nothing(app_door(deployed), path, alice)


def shows_nothing(door: Door, path: str, alice: Browser) -> None:
    answer = door.ask("GET", path, [("Cookie", alice.cookie)])
    assert b"alice" not in answer.body, path
    assert b"csrfToken" not in answer.body, path
    if answer.status == 200:
        assert answer.get("Cache-Control") == "no-store", path
        assert b"<!doctype html>" in answer.body, path


def test_a_query_makes_no_answer_a_file(deployed: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(deployed)
    for path in ("/api/session/?x.css", "/api/session/?/assets/x.js", "/api/session?x.js"):
        assert alice.ask("GET", path).get("Cache-Control") == "no-store"
