"""The providers on the network: one server, and what can be wrong with its answers."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from system import free_port
from tests.social.provider import Provider

# Seconds; longer than the timeout that the tests shorten, on a slow machine too.
SLOW = 8.0
# A body for each fault that is none of the protocol.
BODIES = {
    "HTML": b"<!doctype html><p>Back soon</p>",
    "deep": b"[" * 100_000,
    "huge": b" " * (1024 * 1024 + 1),
    "compressed": b"x",
    "null": b"null",
    "500": b'{"error": "server_error"}',
    "429": b"{}",
    "302": b"",
    "no": b'{"error": "access_denied"}',
}
STATUSES = {"500": 500, "429": 429, "302": 302}
DRIPPING = {
    "dripping": (b"HTTP/1.0 200 OK\r\n\r\n", b" "),
    "dripping headers": (b"HTTP/1.0 200 OK\r\n", b"x"),
}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.answer(parts.path, dict(parse_qsl(parts.query)))

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        form = dict(parse_qsl(self.rfile.read(length).decode()))
        self.answer(urlsplit(self.path).path, form)

    def answer(self, path: str, form: dict[str, str]) -> None:
        self.provider.asked.append(path)
        status, said = self.provider.answer(path, form, self.headers.get("Authorization", ""))
        # A fault is that of one path, or of the token endpoint.
        fault, _, where = self.provider.fault.partition(" at ")
        if not path.endswith(where or "/token"):
            fault = ""
        if fault == "hung up":
            self.connection.close()
        elif fault in DRIPPING:
            self.drip(*DRIPPING[fault])
        elif fault in BODIES:
            self.send(STATUSES.get(fault, 200), BODIES[fault], compressed=fault == "compressed")
        else:
            time.sleep(SLOW if fault == "slow" else 0)
            self.send(status, json.dumps([said] if fault == "list" else said).encode())

    def send(self, status: int, body: bytes, *, compressed: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        if status == 302:
            self.send_header("Location", f"{self.provider.url}/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def drip(self, first: bytes, each: bytes) -> None:
        """Let no timeout of a socket run out, until who asks hangs up."""
        self.wfile.write(first)
        while True:
            self.wfile.write(each)
            self.wfile.flush()
            time.sleep(0.05)

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):  # who asked has hung up, or this server has
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Provider]:
    """Serve until the block ends."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), handler)
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
