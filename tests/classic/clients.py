"""What the tutorials' front ends send, and what a browser adds to it."""

import base64
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from tests.conftest import ApiClient

ORIGIN = "http://localhost:8000"
# What a browser says of a script of the front end's own page.
FETCH = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
HTTPIE = {"Accept": "application/json, */*;q=0.5", "User-Agent": "HTTPie/3.2.4"}


class Page(ApiClient):
    """A page of such a front end: it knows of cookies what `document.cookie` has."""

    browser: Mapping[str, str] = FETCH

    def ask(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None
    ) -> HttpResponse:
        """Send as `fetch` does; without a body there is no content type."""
        own = dict(self.browser) | ({} if method == "GET" else self.own_origin())
        options: dict[str, Any] = {} if body is not None else {"content_type": ""}
        # No token but what the front end sends itself.
        self.token = ""
        sent = {"X-CSRFToken": "", **own, **(headers or {})}
        return self.send(method, path, body, headers=sent, **options)

    def own_origin(self) -> dict[str, str]:
        return {"Origin": ORIGIN} if "Sec-Fetch-Site" in self.browser else {}

    @property
    def readable(self) -> str:
        """`document.cookie`."""
        own = [cookie for cookie in self.cookies.values() if not cookie["httponly"]]
        return "; ".join(f"{cookie.key}={cookie.value}" for cookie in own if cookie.value)

    def first_cookie(self) -> dict[str, str]:
        """The token as S0 finds it: the value of the first cookie, whatever it is called."""
        _, _, value = self.readable.split(";")[0].partition("=")
        return {"X-CSRFToken": value or "undefined"}

    def named_cookie(self) -> dict[str, str]:
        """The token as S1, S3-T and S4 find it."""
        pairs = (pair.partition("=") for pair in self.readable.split("; "))
        found = {name: value for name, _, value in pairs}
        return {"X-CSRFToken": found.get("csrftoken", "undefined")}


def basic(name: str, password: str, encoding: str = "latin-1") -> dict[str, str]:
    """The header that a script makes with `btoa()`."""
    encoded = base64.b64encode(f"{name}:{password}".encode(encoding)).decode()
    return {"Authorization": f"Basic {encoded}"}
