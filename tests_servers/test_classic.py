"""S2: people at a shell, with a client that keeps cookies and knows nothing of tokens."""

import base64
import ssl
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import httpx
import pytest

from stack import Stack

from .browser import PASSWORD

ALICE = {"username": "alice", "password": PASSWORD}


@pytest.fixture
def shell(stacks: Mapping[str, Stack]) -> Iterator[httpx.Client]:
    """As HTTPie with `--session` is."""
    where = stacks["classic"]
    name = str(urlsplit(where.app).hostname)
    headers = {
        "Host": urlsplit(where.app).netloc,
        "Accept": "application/json, */*;q=0.5",
        "User-Agent": "HTTPie/3.2.4",
    }
    trusted = ssl.create_default_context(cafile=where.authority)
    # No resolver of Python's knows the name.
    base = f"https://127.0.0.1:{where.https_port}/api/"
    with httpx.Client(base_url=base, headers=headers, verify=trusted) as client:
        client.event_hooks = {
            "request": [lambda request: request.extensions.update(sni_hostname=name)]
        }
        yield client


def test_a_session_from_a_shell(shell: httpx.Client) -> None:
    refused = shell.post("login/", json=ALICE | {"password": "wrong"})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_credentials")
    assert shell.get("profile/").status_code == 401
    assert shell.post("login/", json=ALICE).status_code == 200
    profile = shell.get("profile/").json()
    assert profile.keys() == {"username", "email", "first_name", "last_name"}
    assert profile["username"] == "alice"
    token = {"X-CSRFToken": shell.get("csrf/").headers["X-CSRFToken"]}
    assert shell.post("logout/").json()["code"] == "csrf_failed"
    assert shell.post("logout/", headers=token).status_code == 200
    assert shell.get("profile/").status_code == 401


def test_a_shell_is_no_page_that_may_sign_out_by_get(shell: httpx.Client) -> None:
    shell.post("login/", json=ALICE)
    assert shell.get("logout").json()["code"] == "origin_refused"
    assert shell.get("me").json()["username"] == "alice"


def test_the_token_is_the_one_cookie_that_scripts_read(shell: httpx.Client) -> None:
    answer = shell.post("login/", json=ALICE)
    cookies = answer.headers.get_list("Set-Cookie")
    readable = [cookie.split("=")[0] for cookie in cookies if "HttpOnly" not in cookie]
    assert readable == ["csrftoken"]
    assert all("Secure" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_guesses_by_header_come_to_an_end(shell: httpx.Client) -> None:
    """Basic authentication is an oracle where nobody counts."""

    def guess(number: int) -> int:
        encoded = base64.b64encode(f"mallory:guess-{number}".encode()).decode()
        headers = {"Authorization": f"Basic {encoded}"}
        answer = shell.post("auth/login", headers=headers)
        assert "WWW-Authenticate" not in answer.headers
        return answer.status_code

    assert [guess(number) for number in range(10)] == [400] * 10
    assert guess(10) == 429
    body = {"username": "mallory", "password": PASSWORD}
    assert shell.post("login/", json=body).status_code == 429
    # Nor does any other address check what a header says.
    encoded = base64.b64encode(f"alice:{PASSWORD}".encode()).decode()
    for path in ("session/", "whoami/", "me", "profile/", "hello/", "notes/"):
        answer = shell.get(path, headers={"Authorization": f"Basic {encoded}"})
        assert answer.status_code == (200 if path == "session/" else 401)
        assert '"isAuthenticated": true' not in answer.text
