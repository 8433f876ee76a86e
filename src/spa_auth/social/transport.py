"""Asking a provider: whole answers of a bounded size within a bounded time, from where we asked.

Python Social Auth asks by `requests.get`, which follows redirects, takes proxies and passwords from
the environment, waits as long as a byte comes now and then, reads whatever comes, and lets urllib3
write whole addresses to the log. Here none of this happens (A106).
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.structures import CaseInsensitiveDict

from spa_auth.core.deployment import current
from spa_auth.core.origins import is_loopback

# Seconds for one answer, from the first attempt to connect to the last byte.
TIMEOUT = 5.0
# Seconds to connect with one address of several: others may answer where it is dead.
FOR_ONE_ADDRESS = 1.5
# Seconds for all that one visit asks for.
ALTOGETHER = 15.0
# Bytes of an answer.
LONGEST = 1024 * 1024
_CHUNK = 64 * 1024


class Unavailable(Exception):
    """There is no answer, or none that can be read. The text names the reason, and no secret."""


class NotAllowed(Exception):
    """An address that must not be asked, or led to."""


def require_allowed(url: str) -> None:
    """Raise NotAllowed unless this is https to another machine, or a trial on this one.

    Some addresses come from a provider's own documents; it must not send us to machines next door.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowed("not an address") from None
    if not host or port == 0 or parts.username is not None or parts.password is not None:
        raise NotAllowed("not an address")
    if parts.scheme not in {"http", "https"}:
        raise NotAllowed("neither http nor https")
    if is_loopback(f"[{host}]" if ":" in host else host):
        if current().secure:
            raise NotAllowed("this machine")
    elif parts.scheme != "https":
        raise NotAllowed("http")
    elif not _is_public(host):
        raise NotAllowed("an address of no public network")


def ask(request: requests.Request, *, until: float, longest: int = LONGEST) -> requests.Response:
    """Send a request; return its answer, read to the end. `until` is a time of `time.monotonic`.

    A redirect is an answer like any other. Raises Unavailable and NotAllowed.
    """
    prepared = request.prepare()
    url = str(prepared.url)
    require_allowed(url)
    until = min(until, time.monotonic() + TIMEOUT)
    connection = _connection(url)
    try:
        with _ended_at(until, connection):
            body: Any = prepared.body
            connection.request(str(prepared.method), prepared.path_url, body, _headers(prepared))
            # It keeps the connection open where it is not read to its end.
            with connection.getresponse() as answer:
                content = _read(answer, until, longest)
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable(type(error).__name__) from None
    finally:
        connection.close()
    return _response(url, answer, content)


def _connection(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    if parts.scheme == "http":
        return http.client.HTTPConnection(str(parts.hostname), parts.port)
    return http.client.HTTPSConnection(str(parts.hostname), parts.port, context=_trusted())


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Trust whom the machine trusts, and where it has no list, Mozilla's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _headers(prepared: requests.PreparedRequest) -> Mapping[str, str]:
    # What is not compressed cannot unpack to more than was read.
    return {**prepared.headers, "Accept-Encoding": "identity", "Connection": "close"}


@contextmanager
def _ended_at(until: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    """Connect, and cut it when time is up: timeouts of sockets begin anew with every byte."""
    connection.sock = sock = _reached(connection.host, connection.port, until)
    if isinstance(connection, http.client.HTTPSConnection):
        connection.sock = sock = _trusted().wrap_socket(
            sock, server_hostname=connection.host, do_handshake_on_connect=False
        )
    cut = threading.Timer(max(until - time.monotonic(), 0), _cut, [sock])
    cut.daemon = True
    cut.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        yield
    finally:
        cut.cancel()


def _reached(host: str, port: int, until: float) -> socket.socket:
    """Connect with the first address of a host that answers."""
    *others, last = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, address in others:
        with suppress(OSError):
            return _opened(address, min(until, time.monotonic() + FOR_ONE_ADDRESS))
    return _opened(last[-1], until)


def _opened(address: Sequence[Any], until: float) -> socket.socket:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise Unavailable("too slow")
    sock = socket.create_connection((address[0], address[1]), timeout=seconds)
    sock.settimeout(TIMEOUT)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        # Not that of an SSLSocket, which takes from whoever reads what it reads with.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _read(answer: http.client.HTTPResponse, until: float, longest: int) -> bytes:
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Unavailable("compressed")
    content = b""
    while chunk := answer.read(min(_CHUNK, longest + 1 - len(content))):
        content += chunk
        if len(content) > longest:
            raise Unavailable("too long")
    if time.monotonic() >= until:
        # Where nothing says how long the answer is, one that was cut seems to be whole.
        raise Unavailable("too slow")
    return content


def _response(url: str, answer: http.client.HTTPResponse, content: bytes) -> requests.Response:
    """Return the answer as Python Social Auth reads it."""
    response = requests.Response()
    response.status_code = answer.status
    response.headers = CaseInsensitiveDict(answer.headers.items())
    response.encoding = "utf-8"
    response._content = content
    # Without the query, in which some providers want secrets: errors repeat it.
    response.url = url.partition("?")[0]
    return response


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return True  # a name, which whoever runs the network gives out
