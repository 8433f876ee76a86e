"""Requests inside the process: the WSGI application as a server would call it, without a server."""

import base64
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from .dialects import Call, Visitor

USER_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Answer:
    """What came back, and how many nanoseconds it took."""

    status: int
    cookies: Mapping[str, str]
    body: bytes
    nanoseconds: int

    def json(self) -> Any:
        """Return the body; None where it is empty."""
        return json.loads(self.body) if self.body else None


class Client:
    """A browser on the front end's own origin, whose address can change."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._addresses = 0

    def address(self) -> str:
        """Return an address that nobody has had.

        People sign in from everywhere; limits per address are to be counted, not reached.
        """
        self._addresses += 1
        high, low = divmod(self._addresses, 250)
        return f"10.{high // 250}.{high % 250}.{low + 1}"

    def send(self, call: Call, visitor: Visitor, *, address: str = "10.255.255.1") -> Answer:
        """Make one request. Raises AssertionError when the answer is not the one expected."""
        environ = _environ(call, visitor, address)
        seen: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            seen.extend((status, headers))

        started = time.perf_counter_ns()
        response = self._application(environ, start_response)
        body = b"".join(response)
        # Sends request_finished, with which Django looks after its connections.
        response.close()  # type: ignore[attr-defined]
        elapsed = time.perf_counter_ns() - started
        status, headers = seen
        answer = Answer(int(status[:3]), _cookies(headers), body, elapsed)
        if answer.status not in call.statuses:
            raise AssertionError(f"{call.method} {call.path}: {status}: {body[:300]!r}")
        return answer


def _environ(call: Call, visitor: Visitor, address: str) -> dict[str, Any]:
    raw = b"" if call.body is None else json.dumps(call.body).encode()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": call.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": call.path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": address,
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT": "application/json",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "HTTP_ORIGIN": "http://localhost",
        "HTTP_SEC_FETCH_SITE": "same-origin",
        "HTTP_USER_AGENT": USER_AGENT,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(raw),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **visitor.headers,
    }
    if call.body is not None:
        environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(raw))}
    if visitor.cookies:
        environ["HTTP_COOKIE"] = "; ".join(f"{k}={v}" for k, v in visitor.cookies.items())
    if call.authorization:
        credentials = base64.b64encode(call.authorization.encode()).decode()
        environ["HTTP_AUTHORIZATION"] = f"Basic {credentials}"
    return environ


def _cookies(headers: list[tuple[str, str]]) -> Mapping[str, str]:
    jar = SimpleCookie()
    for name, value in headers:
        if name == "Set-Cookie":
            jar.load(value)
    return {name: morsel.value for name, morsel in jar.items()}
