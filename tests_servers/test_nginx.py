"""What nginx itself answers: pages, headers, TLS."""

import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import pytest
from gunicorn.config import Keepalive  # type: ignore[import-untyped]
from uvicorn import Config

from spa_auth.core.headers import PAGE_HEADERS
from stack import DEPLOY, Stack

from .conftest import ASSET, PAGE
from .raw import Answer, api_door, app_door

SECURITY = {
    **PAGE_HEADERS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = "Content-Security-Policy"


def without_connections(policy: str) -> tuple[str, str]:
    """Return a policy without its `connect-src`, and that part."""
    parts = policy.split("; ")
    connections = [part for part in parts if part.startswith("connect-src ")]
    return "; ".join(part for part in parts if part not in connections), "".join(connections)


@pytest.mark.parametrize("path", ["/", "/index.html", "/sign-in", "/notes/1", "/no/such.page"])
def test_every_page_is_the_page_with_its_headers(deployed: Stack, path: str) -> None:
    answer = app_door(deployed).ask("GET", path)
    assert answer.status == 200
    assert answer.get("Content-Type").replace('"', "") == "text/html; charset=utf-8"
    assert answer.body.decode() == PAGE
    for name, value in SECURITY.items():
        if name != POLICY:
            assert answer.get(name) == value, name
    policy, connections = without_connections(answer.get(POLICY))
    assert policy == SECURITY[POLICY]
    if deployed.api != deployed.app:
        assert connections == f"connect-src 'self' {deployed.api}"
    else:
        assert connections in {"", "connect-src 'self'"}


def test_password_managers_find_the_page_that_changes_a_password(deployed: Stack) -> None:
    door = app_door(deployed)
    found = door.ask("GET", "/.well-known/change-password")
    assert found.status == 302
    assert found.get("Location").removeprefix(deployed.app) == "/password"
    # They ask for what cannot be there, and where it is found they believe nothing.
    name = "resource-that-should-not-exist-whose-status-code-should-not-be-200"
    assert door.ask("GET", f"/.well-known/{name}").status == 404


def test_a_hashed_file_is_kept_and_a_missing_one_is_not(deployed: Stack) -> None:
    door = app_door(deployed)
    kept = door.ask("GET", f"/assets/{ASSET}")
    assert kept.status == 200
    assert {"public", "max-age=31536000", "immutable"} == set(kept.get("Cache-Control").split(", "))
    assert kept.get("X-Content-Type-Options") == "nosniff"
    assert kept.get("Content-Type").split(";")[0] in {"text/javascript", "application/javascript"}
    for path in ("/assets/app-00000000.js", "/assets/", "/assets", "/assets/../none.js"):
        missing = door.ask("GET", path)
        assert "immutable" not in missing.get("Cache-Control"), path
        assert missing.status in {200, 404}
        assert missing.status == 404 or missing.body.decode() == PAGE


def test_no_header_comes_twice(deployed: Stack) -> None:
    once = {name.lower() for name in SECURITY} | {"server", "content-type", "date"}
    for door in (app_door(deployed), api_door(deployed)):
        for path in ("/", "/api/session/", "/admin/login/", "/static/admin/css/base.css"):
            names = [name.lower() for name, _ in door.ask("GET", path).headers]
            assert {name for name in once if names.count(name) > 1} == set(), path


def test_refusals_of_nginx_carry_hsts_and_name_no_version(deployed: Stack) -> None:
    bomb = [("Cookie", "a=" + "b" * 30_000)]
    answers: list[Answer] = [
        app_door(deployed).ask("GET", "/", bomb),
        api_door(deployed).ask("POST", "/api/login/", [("Content-Length", "9999999")]),
        app_door(deployed).ask("TRACE", "/"),
    ]
    for answer in answers:
        assert answer.status in {405, 413, 431}
        assert "includeSubDomains" in answer.get("Strict-Transport-Security")
        assert b"nginx/" not in answer.body
    assert {answer.get("Server") for answer in answers} == {"nginx"}


def test_nothing_beside_the_build_is_served(stacks: Mapping[str, Stack]) -> None:
    for name in ("same-origin", "cross-origin"):
        for path in (
            "/../nginx.conf",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/assets/%2e%2e/%2e%2e/etc/passwd",
            "/assets../server.key",
            "/assets/..%5c..%5cserver.key",
        ):
            answer = app_door(stacks[name]).ask("GET", path)
            assert answer.status in {400, 404} or answer.body.decode() == PAGE, path


def test_a_page_takes_nothing(stacks: Mapping[str, Stack]) -> None:
    for name in ("same-origin", "cross-origin"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = app_door(stacks[name]).ask(method, "/sign-in", [], b"")
            assert answer.status == 405, method


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
def test_old_tls_is_refused(same_origin: Stack) -> None:
    door = app_door(same_origin)
    spoken = {}
    for version in (ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = ssl.create_default_context(cafile=same_origin.authority)
        context.minimum_version = context.maximum_version = version
        # So that it is nginx that refuses, not we.
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.set_alpn_protocols(["h2", "http/1.1"])
        plain = replace(door, authority=None).open()
        with (
            plain,
            suppress(ssl.SSLError),
            context.wrap_socket(plain, server_hostname=door.host) as tls,
        ):
            spoken[tls.version()] = tls.selected_alpn_protocol()
    assert spoken == {"TLSv1.2": "h2", "TLSv1.3": "h2"}


def test_nginx_hangs_up_before_any_server_does() -> None:
    """It sends no POST twice: one on a connection that is being closed is answered with a 502."""
    template = (DEPLOY / "nginx" / "nginx.conf.template").read_text()
    (upstream,) = re.findall(r"upstream django \{(.*?)\}\n", template, re.DOTALL)
    (seconds,) = re.findall(r"keepalive_timeout (\d+)s;", upstream)
    assert int(seconds) < min(Keepalive.default, Config("config.asgi").timeout_keep_alive)
