"""A browser as far as these tests need one: a jar, a token, and the headers that it adds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from stack import Stack

from .raw import Answer, Door, Header, api_door

PASSWORD = "correct-horse-battery-staple"
SESSION = "__Host-sessionid"
TOKEN = "__Host-csrftoken"
DEVICE = "__Host-sessionid_auth_device"


@dataclass
class Browser:
    """One person's browser on the front end's page."""

    door: Door
    page: str
    jar: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def key(self) -> str:
        """The session cookie."""
        return self.jar[SESSION]

    @property
    def cookie(self) -> str:
        """The Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def ask(
        self, method: str, path: str, body: Any = None, headers: Sequence[Header] = ()
    ) -> Answer:
        """Send as a script of the page does; headers that are given replace its own."""
        site = "same-origin" if self.page == self.door.origin else "same-site"
        own: list[Header] = [("Origin", self.page), ("Sec-Fetch-Site", site)]
        if self.jar:
            own.append(("Cookie", self.cookie))
        if method not in {"GET", "HEAD"}:
            own += [("Content-Type", "application/json"), ("X-CSRFToken", self.token)]
        given = {name.lower() for name, _ in headers}
        kept = [header for header in own if header[0].lower() not in given]
        content = b"" if body is None else json.dumps(body).encode()
        answer = self.door.ask(method, path, [*kept, *headers], content)
        self._keep(answer)
        return answer

    def sign_in(self, name: str) -> "Browser":
        """Sign in, which must succeed."""
        answer = self.ask("POST", "/api/login/", {"login": name, "password": PASSWORD})
        assert answer.status == 200, answer.body
        return self

    def who(self, cookie: bytes | None = None) -> str:
        """Return who the server takes this browser for, "" for nobody; with another Cookie."""
        headers: list[Header] = [] if cookie is None else [("Cookie", cookie)]
        answer = self.ask("GET", "/api/whoami/", headers=headers)
        return str(answer.json()["username"]) if answer.status == 200 else ""

    def _keep(self, answer: Answer) -> None:
        for name, value in answer.cookies.items():
            if value in {"", '""'}:
                self.jar.pop(name, None)
            else:
                self.jar[name] = value
        if answer.get("Content-Type") == "application/json":
            content = json.loads(answer.body)
            if isinstance(content, dict):
                self.token = content.get("csrfToken", self.token)


def browser_of(stack: Stack, source: str = "127.0.0.1") -> Browser:
    """Open a browser that was nowhere yet."""
    return Browser(api_door(stack, source), stack.app)
