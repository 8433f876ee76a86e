"""Looks for ways in: the right credentials, in each way there is, to each address of a project."""

import base64
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve

from spa_auth.core.checks.routes import routes

# In answers that give something to sign in with.
_TOKEN = re.compile(r'"(?:\w*token|access|refresh|key|jwt|session)"\s*:\s*"', re.IGNORECASE)
_OURS = re.compile(r'"csrfToken"\s*:\s*"[^"]*"')
_NAMES = ("username", "email", "login")
FORM = "application/x-www-form-urlencoded"


def doors(*, username: str, email: str, password: str) -> set[tuple[str, str]]:
    """Return where one comes in, and how."""
    typed = {"username": username, "email": email, "login": email}
    bodies = [{name: typed[name], "password": password} for name in _NAMES]
    encoded = base64.b64encode(f"{username}:{password}".encode()).decode()
    found = set()
    for address in addresses():
        for body in bodies:
            for way, options in _ways(body):
                if _opens(address, **options):
                    found.add((address, way))
        if _by_header(address, {"Authorization": f"Basic {encoded}"}):
            found.add((address, "Basic"))
    return found


def addresses() -> Iterator[str]:
    """Yield an address of each route, whose parts are filled in; each leads where it should."""
    for route in routes():
        literal = re.sub(r"\(\?(?:P<\w+>|[!:=])[^)]*\)", "", route.path)
        address = re.sub(r"[\^$?\\]", "", re.sub(r"<[^>]*>", "1", literal))
        resolve(address)
        yield address


def _ways(body: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for method in ("post", "put", "patch"):
        yield "JSON", {"method": method, "data": body, "content_type": "application/json"}
    encoded = "&".join(f"{name}={value}" for name, value in body.items())
    yield "form", {"method": "post", "data": encoded, "content_type": FORM}
    yield "multipart", {"method": "post", "data": body}
    yield "query", {"method": "get", "data": body}


def _opens(address: str, *, method: str, **options: Any) -> bool:
    client = _client()
    return _signs_in(client, getattr(client, method)(address, **options))


def _by_header(address: str, headers: dict[str, str]) -> bool:
    """Tell whether the header alone changes what the address answers, or signs in."""
    for method in ("GET", "POST"):
        after = _client()
        without = _client().generic(method, address)
        with_it = after.generic(method, address, headers=headers)
        if _signs_in(after, with_it) or (with_it.status_code < 300 <= without.status_code):
            return True
    return False


def _client() -> Client:
    # Lenient: a door behind a CSRF token is a door.
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


def _signs_in(client: Client, answer: HttpResponseBase) -> bool:
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    gives = answer.status_code < 300 and _TOKEN.search(_OURS.sub("", text))
    # Without a cookie the client would make a session only to look into it.
    signed_in = settings.SESSION_COOKIE_NAME in client.cookies and SESSION_KEY in client.session
    return bool(gives) or signed_in


def main() -> None:  # pragma: no cover - in a process of its own
    """Print the doors of the project that is set up, one a line."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    call_command("demo_users", verbosity=0)
    known = {"username": "alice", "email": "alice@example.com"}
    for address, way in sorted(doors(**known, password="correct-horse-battery-staple")):
        print(address, way)  # noqa: T201
    connection.creation.destroy_test_db("", verbosity=0)
