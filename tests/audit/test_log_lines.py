"""A118: whatever a visitor sends, one event is one line of the log."""

import logging
import unicodedata
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError

from tests.conftest import PASSWORD, ApiClient

# A line of its own (CWE-117), a colour, a title for the window and a cleared screen (CWE-150), the
# other direction of writing, and the line breaks that only Unicode knows.
FORGED = (
    "x\r\nWARNING spa_auth.security SignedIn {'user_id': 1}\n"
    "\x1b[31m\x1b]0;owned\x07\x1b[2J\x9b1m\x00\x08\x7f\u202e\u2028\u2029\x85"
)
OURS = ("spa_auth", "django.request")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Any:
    """What our loggers have written, as a handler would format it without its traceback."""
    caplog.set_level(logging.DEBUG)

    def written() -> list[str]:
        records = [record for record in caplog.records if record.name.startswith(OURS)]
        assert records
        return [record.getMessage() for record in records]

    return written


def assert_plain(lines: list[str]) -> None:
    for line in lines:
        assert len(line.splitlines()) == 1, line
        assert [sign for sign in line if unicodedata.category(sign)[0] == "C"] == [], line


def headers() -> dict[str, str]:
    """Return what a script sends in headers, as far as its server lets it pass."""
    return {"HTTP_USER_AGENT": FORGED, "HTTP_X_FORWARDED_FOR": FORGED, "HTTP_REFERER": FORGED}


@pytest.mark.parametrize("who", ["alice", FORGED.replace("\x00", ""), FORGED.replace("\x00", "@")])
def test_an_identifier_forges_no_line(client: ApiClient, alice: User, lines: Any, who: str) -> None:
    body = {"login": who, "password": "wrong" + FORGED.replace("\x00", "")}
    assert client.send("POST", "/api/login/", body, **headers()).status_code == 400
    assert_plain(lines())
    assert not any("owned" in line for line in lines())


def test_a_user_agent_forges_no_line(client: ApiClient, alice: User, lines: Any) -> None:
    body = {"login": "alice", "password": PASSWORD}
    client.send("POST", "/api/login/", body, **headers())
    client.send("PATCH", "/api/profile/", {"lastName": "\x1b[31m"}, **headers())
    client.send("POST", "/api/sessions/revoke-others/", {}, **headers())
    client.send("POST", "/api/logout/", {}, **headers())
    assert_plain(lines())


def test_a_path_forges_no_line(signed_in: ApiClient, lines: Any) -> None:
    twice = "sessionid=" + "a" * 43 + "; sessionid=" + "b" * 43
    other = ApiClient()
    other.generic("GET", f"/cart/{FORGED}", headers={"Cookie": twice}, **headers())
    signed_in.token = "wrong"
    response = signed_in.send("DELETE", f"/api/sessions/{FORGED}/", **headers())
    assert response.json()["code"] == "csrf_failed"
    refused = [line for line in lines() if line.startswith("RequestRefused")]
    assert len(refused) == 2
    assert all("owned" in line for line in refused)
    assert_plain(lines())


def test_a_fault_of_the_database_forges_no_line(
    signed_in: ApiClient, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("spa_auth.sessions.flow.revoke", fail)
    response = signed_in.send("DELETE", f"/api/sessions/{'0' * 32}/?{FORGED}", **headers())
    assert response.status_code == 503
    assert any(line.startswith("Service Unavailable") for line in lines())
    assert_plain(lines())
