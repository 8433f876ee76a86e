"""A42 and A43: who may read answers from elsewhere."""

from collections.abc import Callable, Iterator

import pytest

from stack import Stack

from .browser import Browser
from .raw import Answer, Door, Header, Line, api_door

SignedIn = Callable[..., Browser]
PATHS = ("/api/session/", "/api/whoami/", "/api/notes/", "/api/stats/", "/api/none/", "/admin/")
ALLOWED = "Access-Control-Allow-Origin"


def strangers(where: Stack) -> list[str]:
    """List what a browser may send: an origin in small letters, without a path."""
    host = where.app.removeprefix("https://")
    name, _, port = host.partition(":")
    return [
        "null",
        "https://evil.test",
        f"https://evil.test:{port}",
        f"https://evil.example.localhost:{port}",
        f"https://{host}.evil.test",
        f"https://{name}.evil.test:{port}",
        f"https://evil{host}",
        f"https://evil.{host}",
        f"https://evil-{host}",
        f"https://example.localhost:{port}",
        f"https://evil@{host}",
        f"https://{host}@evil.test",
        f"https://{name}",
        f"https://{name}:1",
        f"https://{name}:{port}0",
        f"http://{host}",
        # Cyrillic "a", as a browser would send it.
        f"https://xn--pp-6kc.example.localhost:{port}",
        f"https://{name}%60.evil.test:{port}",
        f"https://{host} https://evil.test",
        f"https://{host},https://evil.test",
        "file://",
        "chrome-extension://abcdefghijklmnop",
        "",
        "*",
    ]


def preflight(to: Door | Line, origin: str) -> Answer:
    headers: list[Header] = [
        ("Origin", origin),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type,x-csrftoken"),
    ]
    return to.ask("OPTIONS", "/api/login/", headers)


def granted(answer: Answer) -> Iterator[str]:
    return (name for name, _ in answer.headers if name.lower().startswith("access-control-"))


def test_no_stranger_is_granted_anything(deployed: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(deployed)
    with Line(api_door(deployed)) as line:
        for origin in strangers(deployed):
            for path in PATHS:
                headers: list[Header] = [("Origin", origin), ("Cookie", alice.cookie)]
                answer = line.ask("GET", path, headers)
                assert answer.all(ALLOWED) == [], (origin, path)
            assert preflight(line, origin).all(ALLOWED) == [], origin


@pytest.mark.parametrize("name", ["django-served", "same-origin"])
def test_without_a_second_origin_there_is_no_cors(stacks: dict[str, Stack], name: str) -> None:
    where = stacks[name]
    for path in PATHS:
        answer = api_door(where).ask("GET", path, [("Origin", where.app)])
        assert list(granted(answer)) == []
    assert list(granted(preflight(api_door(where), where.app))) == []


def test_the_front_end_is_granted_what_it_needs(crossing: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(crossing)
    for path in PATHS:
        answer = alice.ask("GET", path)
        assert answer.get(ALLOWED) == crossing.app, path
        assert answer.get("Access-Control-Allow-Credentials") == "true"
    asked = preflight(api_door(crossing), crossing.app)
    assert asked.status == 200
    assert asked.get(ALLOWED) == crossing.app
    assert asked.get("Access-Control-Allow-Credentials") == "true"
    allowed = asked.get("Access-Control-Allow-Headers").split(", ")
    assert {"content-type", "x-csrftoken"} <= set(allowed)
    assert "cookie" not in allowed


def test_refusals_can_be_read_too(crossing: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(crossing)
    for method, path, headers, status in (
        ("POST", "/api/logout/", [("X-CSRFToken", "wrong")], 403),
        ("POST", "/api/profile/", [], 405),
        ("GET", "/api/none/", [], 404),
        ("GET", "/api/session/", [("Cookie", f"{alice.cookie}; {alice.cookie}")], 400),
    ):
        answer = alice.ask(method, path, headers=headers)
        assert answer.status == status
        assert answer.get(ALLOWED) == crossing.app


def test_answers_vary_by_origin_also_without_one(deployed: Stack, signed_in: SignedIn) -> None:
    alice = signed_in(deployed)
    crossing = deployed.app != deployed.api
    for path in PATHS:
        for origin in ((), (("Origin", "https://evil.test"),), (("Origin", deployed.app),)):
            answer = api_door(deployed).ask("GET", path, [("Cookie", alice.cookie), *origin])
            vary = {name.strip().lower() for name in ",".join(answer.all("Vary")).split(",")}
            ours = path in {"/api/session/", "/api/whoami/", "/api/none/"}
            if crossing or ours:
                assert "origin" in vary, (path, origin)
            if path != "/api/none/":
                assert "cookie" in vary, (path, origin)


def test_other_pages_may_embed_only_what_the_deployment_says(deployed: Stack) -> None:
    policy = "same-origin"
    if deployed.api != deployed.app:
        policy = "same-site" if "api.example" in deployed.api else "cross-origin"
    for path in ("/api/session/", "/api/notes/", "/api/none/"):
        answer = api_door(deployed).ask("GET", path)
        assert answer.get("Cross-Origin-Resource-Policy") == policy
