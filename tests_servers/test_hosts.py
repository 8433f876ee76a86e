"""A49 to A51: redirects, hosts, and what a client says about how it came."""

from collections.abc import Callable, Mapping
from urllib.parse import quote, urlsplit

import pytest

from stack import APP_HOST, Stack

from .browser import Browser
from .raw import Answer, Door, Header, api_door, app_door, django_door

SignedIn = Callable[..., Browser]

TARGETS = [
    "https://evil.test",
    "//evil.test",
    "///evil.test",
    "////evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "\t//evil.test",
    "/\n/evil.test",
    "https:evil.test",
    "https:///evil.test",
    "http://evil.test",
    "javascript:alert(1)",
    "data:text/html,evil",
    "//evil.test@app.example.localhost",
    "https://app.example.localhost@evil.test",
    "https://app.example.localhost.evil.test/admin/",
    "\u3002evil.test",
    "//evil\u3002test",
    "/admin/\r\nSet-Cookie: evil=1",
    "/admin/%0d%0aSet-Cookie: evil=1",
    "/%2f/evil.test",
    "/%5cevil.test",
    "@evil.test",
    ".evil.test",
    "/.//evil.test",
    " //evil.test",
    "",
]


def lands_at_home(where: Stack, location: str) -> bool:
    """Tell whether a browser that is told this ends at the product's own hosts."""
    if location.startswith("/"):
        # Browsers read "\" as "/", and leave out tabs and line ends.
        plain = location.replace("\\", "/")
        return not plain.startswith("//") and not set(location) & set("\t\r\n")
    parts = urlsplit(location)
    return f"{parts.scheme}://{parts.netloc}" in {where.app, where.api}


def test_the_admin_sends_nobody_away(deployed: Stack, signed_in: SignedIn) -> None:
    alice, nobody = signed_in(deployed), Browser(api_door(deployed), deployed.app)
    for target in TARGETS:
        path = f"/admin/login/?next={quote(target, safe='')}"
        for browser in (alice, nobody):
            answer = browser.ask("GET", path)
            assert answer.status == 302, target
            assert lands_at_home(deployed, answer.get("Location")), (target, answer.get("Location"))
            assert "evil" not in answer.cookies


def test_http_leads_to_https_of_the_same_host(deployed: Stack) -> None:
    door = Door(deployed.http_port, APP_HOST)
    for path in (
        "/",
        "/sign-in?next=/notes",
        "//evil.test",
        "/\\evil.test",
        "/%0d%0aSet-Cookie:%20evil=1",
        "/x%09y",
        "/@evil.test",
        f"http://{APP_HOST}/notes",
    ):
        answer = door.ask("GET", path)
        assert answer.status == 301, path
        location = answer.get("Location")
        assert location.startswith(f"{deployed.app}/"), location
        assert answer.all("Set-Cookie") == []


@pytest.mark.parametrize(
    "path", ["@evil.test", ".evil.test", ":80@evil.test/", f"http://{APP_HOST}@evil.test/"]
)
def test_http_leads_nowhere_by_a_path_that_is_none(deployed: Stack, path: str) -> None:
    answer = Door(deployed.http_port, APP_HOST).ask("GET", path)
    assert answer.status == 400
    assert answer.all("Location") == []


def test_http_of_the_api_is_no_redirect(crossing: Stack) -> None:
    api = str(urlsplit(crossing.api).hostname)
    for host in (api, "evil.test", "127.0.0.1"):
        answer = Door(crossing.http_port, host).ask("GET", "/api/session/")
        assert answer.status == 403
        assert answer.all("Location") == []
    body = b'{"login": "alice", "password": "correct-horse-battery-staple"}'
    assert Door(crossing.http_port, api).ask("POST", "/api/login/", [], body).status == 403


def test_a_missing_slash_leads_nobody_away(deployed: Stack) -> None:
    for path in ("/admin", "//evil.test/admin", "/\\evil.test/admin", "//evil.test/..%2fadmin"):
        answer = api_door(deployed).ask("GET", path)
        for location in answer.all("Location"):
            assert lands_at_home(deployed, location), (path, location)


def foreign_hosts(where: Stack) -> list[str]:
    host = where.api.removeprefix("https://")
    return [
        "evil.test",
        f"{host}.evil.test",
        f"evil.{host}",
        f"{host}@evil.test",
        f"evil@{host}",
        f"{host}/evil.test",
        f"{host},evil.test",
        f"{host} evil.test",
        f"{host}:evil.test",
        "127.0.0.1",
        "localhost",
        "[::1]",
        "",
    ]


def refused(answer: Answer) -> bool:
    return answer.status in {400, 403, 421} and not shown(answer)


def shown(answer: Answer) -> bool:
    """Tell whether a foreign host is anywhere in the answer."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return b"evil" in answer.body or "evil" in head


def test_a_foreign_host_is_refused_by_nginx(deployed: Stack) -> None:
    for host in foreign_hosts(deployed):
        for path in ("/api/session/", "/admin/login/", "/"):
            answer = api_door(deployed).ask("GET", path, [("Host", host)])
            # Of a port nginx reads the digits only; the page that it shows is the same for all.
            page = path == "/" and answer.status == 200 and not shown(answer)
            assert refused(answer) or page, (host, path, answer.status)


def test_a_foreign_host_is_refused_past_nginx_too(served: Stack) -> None:
    for host in foreign_hosts(served):
        for path in ("/api/session/", "/admin/login/"):
            headers: list[Header] = [("Host", host), ("X-Forwarded-Proto", "https")]
            answer = django_door(served).ask("GET", path, headers)
            assert answer.status == 400 or path == "/api/session/", (host, path, answer.status)
            assert b"evil" not in answer.body
            assert "evil" not in answer.get("Location")


def test_two_hosts_are_none(deployed: Stack) -> None:
    door = api_door(deployed)
    own = f"{door.host}:{door.port}"
    for pair in ((own, "evil.test"), ("evil.test", own), (own, own)):
        answer = door.ask("GET", "/admin/login/", [("Host", host) for host in pair])
        assert answer.status == 400
    for target in ("https://evil.test/admin/login/", "http://evil.test/admin/login/"):
        assert refused(door.ask("GET", target)), target
        assert refused(door.ask("GET", target, [("Host", "evil.test")])), target
    # The line names us, the header somebody else: nginx believes the line, Django the header.
    assert refused(door.ask("GET", f"{deployed.api}/admin/login/", [("Host", "evil.test")]))


def test_no_host_means_no_answer_of_django(deployed: Stack) -> None:
    for request in (b"GET /admin/login/ HTTP/1.0\r\n\r\n", b"GET /admin/login/ HTTP/1.1\r\n\r\n"):
        answer = api_door(deployed).send(request)
        assert answer is None or answer.status in {400, 421}


def test_a_name_without_a_certificate_gets_none(deployed: Stack) -> None:
    for name in ("evil.test", "localhost"):
        door = Door(deployed.https_port, name, str(deployed.authority))
        with pytest.raises(OSError, match=r"unrecognized.name|UNRECOGNIZED_NAME"):
            door.open()


CLAIMS: list[list[Header]] = [
    [("X-Forwarded-Host", "evil.test")],
    [("X-Forwarded-Server", "evil.test")],
    [("X-Forwarded-Port", "1")],
    [("X-Forwarded-Proto", "http")],
    [("X-Forwarded-Proto", "http"), ("X-Forwarded-Proto", "ftp")],
    [("X-Forwarded-Ssl", "off")],
    [("X-Forwarded-Scheme", "http")],
    [("X-Scheme", "http")],
    [("Front-End-Https", "off")],
    [("X_Forwarded_Proto", "http")],
    [("X_Forwarded_Host", "evil.test")],
    [("X-Forwarded_Proto", "http")],
    [("Forwarded", "for=6.6.6.6;proto=http;host=evil.test")],
    [("X-Original-URL", "/api/whoami/")],
    [("X-Rewrite-URL", "/api/whoami/")],
    [("X-Original-Host", "evil.test")],
    [("Proxy", "http://evil.test")],
    [("Script-Name", "/evil")],
    [("Script_Name", "/evil")],
    [("Path-Info", "/api/whoami/")],
    [("Remote-User", "alice")],
    [("X-Remote-User", "alice")],
    [("Wsgi.url_scheme", "http")],
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: "+".join(name for name, _ in claim))
@pytest.mark.parametrize(
    "name", ["django-served", "same-origin asgi", "cross-origin", "cross-site"]
)
def test_what_a_client_claims_changes_nothing(
    stacks: Mapping[str, Stack], name: str, claim: list[Header]
) -> None:
    where = stacks[name]
    door = api_door(where)
    for path in ("/api/session/", "/api/whoami/", "/admin/login/", "/admin"):
        plain, claiming = door.ask("GET", path), door.ask("GET", path, claim)
        assert claiming.status == plain.status, path
        assert claiming.all("Location") == plain.all("Location"), path
        secure = ["Secure" in line for line in claiming.all("Set-Cookie")]
        assert secure == ["Secure" in line for line in plain.all("Set-Cookie")]
        assert all(secure)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: "+".join(name for name, _ in claim))
def test_a_sign_in_works_whatever_is_claimed(served: Stack, claim: list[Header]) -> None:
    """By its own origin: scheme and host must be what the browser sees, not what it says."""
    headers: list[Header] = [("Origin", served.api), ("Content-Type", "application/json")]
    answer = api_door(served).ask("POST", "/api/login/", [*headers, *claim], b"{}")
    assert (answer.status, answer.code) == (400, "invalid_body")
    foreign: list[Header] = [("Origin", "http://evil.test"), ("Content-Type", "application/json")]
    answer = api_door(served).ask("POST", "/api/login/", [*foreign, *claim], b"{}")
    assert (answer.status, answer.code) == (403, "origin_refused")


@pytest.mark.parametrize("server", ["cross-origin", "same-origin asgi"])
@pytest.mark.parametrize("name", ["X_Forwarded_Proto", "X-Forwarded_Proto", "x_forwarded_proto"])
def test_past_nginx_an_underscore_is_no_dash(
    stacks: Mapping[str, Stack], server: str, name: str
) -> None:
    """With granian it is one, so no proxy may let such a name pass; nginx does not."""
    door = django_door(stacks[server])
    # Django sends this one only over what it takes for https.
    for claim, secure in (("X-Forwarded-Proto", True), (name, False)):
        answer = door.ask("GET", "/api/session/", [(claim, "https")])
        assert bool(answer.get("Strict-Transport-Security")) == secure, claim


def test_only_the_page_is_where_it_should_be(crossing: Stack) -> None:
    assert (
        app_door(crossing).ask("GET", "/api/session/").get("Content-Type").startswith("text/html")
    )
    assert api_door(crossing).ask("GET", "/").status == 404
