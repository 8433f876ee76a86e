"""HTTP as bytes: what no well-behaved client would send, and what really came back."""

import json
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from stack import Stack

Header = tuple[str, str | bytes]


@dataclass(frozen=True)
class Answer:
    """Status, headers in their order, body."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Return every value of a header."""
        return [value for header, value in self.headers if header.lower() == name.lower()]

    def get(self, name: str) -> str:
        """Return a header's value, "" where it is missing; it may come once only."""
        values = self.all(name)
        assert len(values) < 2, f"{name} came {len(values)} times: {values}"
        return values[0] if values else ""

    def json(self) -> Any:
        """Return the body, which must be JSON."""
        assert self.get("Content-Type").endswith("json"), (self.status, self.body[:500])
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """Return the code of a problem document, "" for every other answer."""
        if self.get("Content-Type") != "application/problem+json":
            return ""
        return str(json.loads(self.body)["code"])

    @property
    def cookies(self) -> dict[str, str]:
        """Return what each Set-Cookie sets, without the attributes."""
        pairs = (line.partition(";")[0].partition("=") for line in self.all("Set-Cookie"))
        return {name: value for name, _, value in pairs}


@dataclass(frozen=True)
class Door:
    """Where bytes go: an address, with TLS for a host name or without."""

    port: int
    host: str
    authority: str | None = None
    source: str = "127.0.0.1"

    @property
    def scheme(self) -> str:
        """What this door speaks."""
        return "https" if self.authority else "http"

    @property
    def origin(self) -> str:
        """The door as a browser would name it."""
        return f"{self.scheme}://{self.host}:{self.port}"

    def open(self) -> socket.socket:
        """Connect, from the address that was asked for."""
        plain = socket.create_connection(
            ("127.0.0.1", self.port), timeout=20, source_address=(self.source, 0)
        )
        if self.authority is None:
            return plain
        context = ssl.create_default_context(cafile=self.authority)
        return context.wrap_socket(plain, server_hostname=self.host)

    def send(self, request: bytes, method: str = "GET") -> Answer | None:
        """Send bytes as they are; None where the connection was closed without an answer."""
        with self.open() as connection:
            connection.sendall(request)
            response = HTTPResponse(connection, method=method)
            try:
                response.begin()
                return Answer(response.status, response.getheaders(), response.read())
            except ConnectionError:
                return None

    def ask(
        self,
        method: str,
        path: str,
        headers: Sequence[Header] = (),
        body: bytes = b"",
    ) -> Answer:
        """Send a request with these headers, and no others but Host, length and an end."""
        closing: list[Header] = [*headers, ("Connection", "close")]
        answer = self.send(self.written(method, path, closing, body), method)
        assert answer is not None, "the connection was closed without an answer"
        return answer

    def written(
        self, method: str, path: str, headers: Sequence[Header] = (), body: bytes = b""
    ) -> bytes:
        """Write a request down."""
        names = {name.lower() for name, _ in headers}
        lines: list[Header] = [] if "host" in names else [("Host", f"{self.host}:{self.port}")]
        lines += headers
        if (body or method in {"POST", "PATCH", "PUT"}) and "content-length" not in names:
            lines.append(("Content-Length", str(len(body))))
        head = [f"{method} {path} HTTP/1.1".encode("latin-1")]
        head += [name.encode() + b": " + _bytes(value) for name, value in lines]
        return b"\r\n".join(head) + b"\r\n\r\n" + body


class Line:
    """One connection for many well-formed requests."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._connection: socket.socket | None = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def ask(
        self, method: str, path: str, headers: Sequence[Header] = (), body: bytes = b""
    ) -> Answer:
        """Send a request, on a new connection where the last answer ended the old one."""
        if self._connection is None:
            self._connection = self._door.open()
        self._connection.sendall(self._door.written(method, path, headers, body))
        response = HTTPResponse(self._connection, method=method)
        response.begin()
        answer = Answer(response.status, response.getheaders(), response.read())
        if response.will_close:
            self._hang_up()
        return answer

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def app_door(stack: Stack, source: str = "127.0.0.1") -> Door:
    """Return the way to the pages."""
    return _door(stack, stack.app, source)


def api_door(stack: Stack, source: str = "127.0.0.1") -> Door:
    """Return the way to the API."""
    return _door(stack, stack.api, source)


def django_door(stack: Stack) -> Door:
    """Return the way to Django past nginx, which nobody from outside should have."""
    return Door(stack.django_port, str(urlsplit(stack.api).hostname))


def json_headers(**more: str) -> list[Header]:
    """Return the content type, and headers whose names are written with underscores."""
    rest: list[Header] = [(name.replace("_", "-"), value) for name, value in more.items()]
    return [("Content-Type", "application/json"), *rest]


def _door(stack: Stack, origin: str, source: str) -> Door:
    parts = urlsplit(origin)
    return Door(parts.port or 443, str(parts.hostname), str(stack.authority), source)


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1")
