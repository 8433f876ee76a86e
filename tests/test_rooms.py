"""Each room can be taken out: the rest starts, checks and answers."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.paths import ROOT
from tests.settings import ROOMS

# What is asked of an installation; without a room its paths are 404 and all others answer.
PROBE = r"""
import io, json, re, django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.test.utils import get_runner, setup_test_environment
from django.db import connection
call_command("check", fail_level="WARNING", stdout=open("/dev/null", "w"))
setup_test_environment()
connection.creation.create_test_db(verbosity=0)
try:
    from django.contrib.auth.models import User
    User.objects.create_user("alice", "", "correct-horse")
    client = Client(SERVER_NAME="localhost")
    seen = {}
    for path in ("csrf", "session", "config", "whoami", "profile", "activity"):
        seen["GET " + path] = client.get(f"/api/{path}/").status_code
    body = json.dumps({"login": "alice", "password": "correct-horse"})
    response = client.post("/api/login/", body, content_type="application/json")
    seen["POST login"] = response.status_code
    if response.status_code == 404:
        client.get("/plain-login/?as=alice")
    state = client.get("/api/session/").json()
    seen["status"] = state["status"]
    token = {"X-CSRFToken": state["csrfToken"]}
    seen["private"] = client.post("/private/", headers=token).status_code
    logout = client.post("/api/logout/", "{}", "application/json", headers=token)
    seen["POST logout"] = logout.status_code
    seen["after"] = client.get("/api/session/").json()["status"]
    if client.post("/api/login/", body, content_type="application/json").status_code == 404:
        client.get("/plain-login/?as=alice")
    token = {"X-CSRFToken": client.get("/api/session/").json()["csrfToken"]}
    leave = client.post("/api/account/delete/", "{}", "application/json", headers=token)
    seen["POST account/delete"] = leave.status_code
    seen["left"] = client.get("/api/session/").json()["status"]
    call_command("spa_auth_openapi", stdout=open("/dev/null", "w"))
    types = io.StringIO()
    call_command("spa_auth_types", stdout=types)
    seen["types"] = re.findall(r"^    (\w+):", types.getvalue(), re.MULTILINE)
finally:
    connection.creation.destroy_test_db("", verbosity=0)
print(json.dumps(seen))
"""

WHOLE = {
    "GET csrf": 200,
    "GET session": 200,
    "GET config": 200,
    "GET whoami": 401,
    "GET profile": 401,
    "GET activity": 401,
    "POST login": 200,
    "status": "authenticated",
    "private": 200,
    "POST logout": 200,
    "after": "anonymous",
    "POST account/delete": 200,
    "left": "anonymous",
    "types": ["user", "signup", "profile", "profileChange"],
}


def answers_without(*rooms: str, settings: str = "tests.settings") -> dict[str, Any]:
    environment = os.environ | {
        "SPA_AUTH_TEST_WITHOUT": ",".join(rooms),
        "DJANGO_SETTINGS_MODULE": settings,
        "SPA_AUTH_TEST_DATABASE": "",
        "COVERAGE_PROCESS_START": "",
    }
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    answers: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return answers


@pytest.mark.parametrize(
    ("room", "differs"),
    [
        ("sessions", {}),
        # Who is signed in by others has proved nothing that is fresh.
        ("password", {"POST login": 404, "POST account/delete": 403, "left": "authenticated"}),
        ("email", {}),
        (
            "account",
            {
                "GET whoami": 404,
                "GET profile": 404,
                "POST account/delete": 404,
                "left": "authenticated",
                "types": ["user"],
            },
        ),
        ("audit", {"GET activity": 404}),
        ("tokens", {}),
        ("mailbox", {}),
        ("social", {}),
        ("drf", {}),
        ("ninja", {}),
    ],
)
def test_a_room_can_be_taken_out(room: str, differs: dict[str, Any]) -> None:
    assert answers_without(room) == WHOLE | differs


@pytest.mark.parametrize("room", ["", "sessions", "email", "audit", "mailbox", "drf"])
def test_beside_the_classic_room_a_room_can_be_taken_out_too(room: str) -> None:
    differs = {"GET activity": 404} if room == "audit" else {}
    assert answers_without(room, settings="tests.classic.settings") == WHOLE | differs


def test_core_stands_alone() -> None:
    paths = ("POST login", "GET whoami", "GET profile", "GET activity", "POST account/delete")
    gone = dict.fromkeys(paths, 404) | {"left": "authenticated", "types": ["user"]}
    assert answers_without(*ROOMS) == WHOLE | gone
