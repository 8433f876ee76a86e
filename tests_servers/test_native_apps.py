"""docs/native-apps.md and docs/tokens.md, run as they stand against the product behind nginx."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from console import ROOT
from stack import Stack

from .browser import PASSWORD, browser_of

NATIVE = (ROOT / "docs" / "native-apps.md").read_text()
TOKENS = (ROOT / "docs" / "tokens.md").read_text()
# The names below `localhost` are this machine, which not every resolver knows.
RESOLVE = """
import socket
known = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: known(
    "127.0.0.1" if host.endswith(".localhost") else host, *more, **named)
"""


def shown(page: str, language: str, place: int = -1) -> str:
    """Return a block of code that a page shows, the last one unless another is asked for."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    return blocks[place]


def environ(stack: Stack, **more: str) -> dict[str, str]:
    trusted = str(stack.authority)
    return {
        **os.environ,
        "API": f"{stack.api}/api",
        "PASSWORD": PASSWORD,
        "SSL_CERT_FILE": trusted,
        "CURL_CA_BUNDLE": trusted,
        **more,
    }


def run(words: list[str], folder: Path, env: dict[str, str]) -> str:
    result = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_curl(served: Stack, tmp_path: Path) -> None:
    (tmp_path / "sign-in.json").write_text(json.dumps({"login": "alice", "password": PASSWORD}))
    # One command shows its answer: each is an object, and none has the key.
    script = f"set -e\n{shown(NATIVE, 'sh')}"
    output = run(["sh", "-c", script], tmp_path, environ(served))
    decoder, answers, rest = json.JSONDecoder(), [], output
    while rest:
        answer, end = decoder.raw_decode(rest)
        answers.append(answer)
        rest = rest[end:]
    signed_in, who, profile, signed_out = answers
    assert signed_in["status"] == "authenticated"
    assert who["username"] == "alice"
    assert profile["firstName"] == "Alice"
    assert signed_out["status"] == "anonymous"
    assert not (tmp_path / "key.txt").exists()


def test_httpx(served: Stack, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(RESOLVE + shown(NATIVE, "python"))
    output = run([sys.executable, "app.py"], tmp_path, environ(served))
    assert output == shown(NATIVE, "text")


def test_a_token_by_curl(same_origin: Stack, tmp_path: Path) -> None:
    browser = browser_of(same_origin).sign_in("alice")
    order = {"name": "script", "abilities": ["notes:read"]}
    made = browser.ask("POST", "/api/tokens/", order)
    assert made.status == 200, made.body
    command = shown(TOKENS, "sh").replace("https://app.example.com", same_origin.api)
    env = environ(same_origin, TOKEN=made.json()["token"])
    assert json.loads(run(["sh", "-c", command], tmp_path, env))["username"] == "alice"


@pytest.mark.parametrize("header", ["X-Session-Token", "Authorization"])
def test_a_preflight_lets_no_page_send_it(crossing: Stack, header: str) -> None:
    headers = [
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", header.lower()),
    ]
    answer = browser_of(crossing).ask("OPTIONS", "/api/whoami/", headers=headers)
    assert header.lower() not in str(answer.get("Access-Control-Allow-Headers")).lower()


def test_what_a_page_sends_with_it_is_refused(served: Stack) -> None:
    headers = [("X-Session-Token", "")]
    answer = browser_of(served).ask("GET", "/api/session/", headers=headers)
    assert (answer.status, answer.json()["code"]) == (403, "origin_refused")
