"""Which addresses are asked, and how an answer is read."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.test import override_settings
from requests.auth import HTTPBasicAuth

from spa_auth.core.deployment import SameOrigin
from spa_auth.social import transport
from tests.social.provider import Provider


@pytest.fixture
def on_the_internet() -> Iterator[None]:
    with override_settings(SPA_AUTH_DEPLOYMENT=SameOrigin(["https://app.example.com"])):
        yield


@pytest.mark.parametrize(
    "url",
    [
        "https://accounts.example.com/token",
        "https://accounts.example.com:8443/token?a=b",
        "https://8.8.8.8/",
        "https://keycloak/realms/a",
    ],
)
def test_https_elsewhere_may_be_asked(on_the_internet: None, url: str) -> None:
    transport.require_allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://accounts.example.com/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://0.0.0.0/",
        "https://user:password@accounts.example.com/",
        "https://accounts.example.com:0/",
        "https://accounts.example.com:port/",
        "https://[/",
        "https:///path",
        "ftp://accounts.example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "",
    ],
)
def test_nothing_else_is(on_the_internet: None, url: str) -> None:
    with pytest.raises(transport.NotAllowed):
        transport.require_allowed(url)


@pytest.mark.parametrize("url", ["http://localhost:1/", "http://[::1]:1/", "https://localhost/"])
def test_a_trial_on_this_machine_may_ask_it(url: str) -> None:
    transport.require_allowed(url)


def test_a_trial_asks_nobody_else_over_http() -> None:
    with pytest.raises(transport.NotAllowed):
        transport.require_allowed("http://accounts.example.com/")


def ask(url: str, **more: object) -> requests.Response:
    request = requests.Request("GET", url, **more)  # type: ignore[arg-type]
    return transport.ask(request, until=time.monotonic() + 5)


def test_an_answer_is_read_whole(provider: Provider) -> None:
    answer = ask(f"{provider.url}/oidc/jwks?secret=x", auth=HTTPBasicAuth("a", "b"))
    assert answer.status_code == 200
    assert answer.json()["keys"]
    assert answer.url == f"{provider.url}/oidc/jwks"


def test_an_answer_that_is_as_long_as_allowed_is_read(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    length = len(ask(f"{provider.url}/oidc/jwks").content)
    request = requests.Request("GET", f"{provider.url}/oidc/jwks")
    until = time.monotonic() + 5
    assert transport.ask(request, until=until, longest=length).ok
    with pytest.raises(transport.Unavailable, match="too long"):
        transport.ask(request, until=until, longest=length - 1)


def test_no_time_is_no_answer(provider: Provider) -> None:
    request = requests.Request("GET", f"{provider.url}/oidc/jwks")
    with pytest.raises(transport.Unavailable, match="too slow"):
        transport.ask(request, until=time.monotonic() - 1)


def test_a_certificate_is_needed(provider: Provider) -> None:
    """What speaks no TLS, or has a certificate of nobody, is no answer."""
    with pytest.raises(transport.Unavailable, match="SSL"):
        ask(provider.url.replace("http:", "https:"))
    context = transport._trusted()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_who_is_not_there_gives_no_answer() -> None:
    with pytest.raises(transport.Unavailable, match="ConnectionRefusedError"):
        ask("http://127.0.0.1:9/")


@pytest.fixture
def dead() -> Iterator[int]:
    """The port of a server that takes no connection, and refuses none."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as waiting:
        for _ in range(4):
            each = waiting.enter_context(socket.socket())
            each.setblocking(False)
            each.connect_ex(server.getsockname())
        yield server.getsockname()[1]


@pytest.mark.parametrize("many", [1, 4])
def test_an_address_that_is_dead_leaves_time_for_the_others(
    provider: Provider, dead: int, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """As where a machine has no way to the IPv6 address of a provider."""
    alive = urlsplit(provider.url).port
    look_up = socket.getaddrinfo

    def found(host: str, port: int, *given: Any, **named: Any) -> Any:
        ports = [*[dead] * many, alive] if host == "localhost" else [port]
        return [each for port in ports for each in look_up("127.0.0.1", port, *given, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(transport, "FOR_ONE_ADDRESS", 0.1)
    assert ask("http://localhost/oidc/jwks").status_code == 200
    # All of them together have no more time than one.
    monkeypatch.setattr(transport, "FOR_ONE_ADDRESS", 5)
    monkeypatch.setattr(transport, "TIMEOUT", 0.3)
    began = time.monotonic()
    with pytest.raises(transport.Unavailable, match="too slow"):
        ask("http://localhost/oidc/jwks")
    assert time.monotonic() - began < 3


def test_a_server_that_says_nothing_has_no_more_time_for_its_certificate() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        request = requests.Request("GET", f"https://127.0.0.1:{server.getsockname()[1]}/")
        began = time.monotonic()
        with pytest.raises(transport.Unavailable):
            transport.ask(request, until=began + 0.3)
        assert time.monotonic() - began < 3
