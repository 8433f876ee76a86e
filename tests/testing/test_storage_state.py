"""A browser that is signed in already. examples/e2e does it with a real one."""

import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client, modify_settings, override_settings

from spa_auth.core.deployment import CrossOrigin, CrossSite, Deployment, SameOrigin
from spa_auth.core.known_device import KNOWN_FOR
from spa_auth.testing.management.commands.spa_auth_storage_state import Command

pytestmark = pytest.mark.django_db


def deployed(deployment: Deployment) -> override_settings:
    return override_settings(SPA_AUTH_DEPLOYMENT=deployment, **deployment.settings())


def written(folder: Path, *words: str) -> Any:
    path = folder / "state.json"
    call_command(Command(), *words, "--output", str(path), stdout=io.StringIO())
    return json.loads(path.read_text())


@pytest.mark.parametrize("login", ["alice", "ALICE@example.com"])
def test_its_cookies_sign_in(alice: User, tmp_path: Path, login: str) -> None:
    state = written(tmp_path, login)
    assert state["origins"] == []
    client = Client()
    for cookie in state["cookies"]:
        client.cookies[cookie["name"]] = cookie["value"]
    assert client.get("/api/whoami/").json()["username"] == "alice"


def test_they_are_those_of_the_deployment(alice: User, tmp_path: Path) -> None:
    with deployed(SameOrigin(["https://app.example.com"])):
        cookies = {each["name"]: each for each in written(tmp_path, "alice")["cookies"]}
    assert sorted(cookies) == [
        "__Host-csrftoken",
        "__Host-sessionid",
        "__Host-sessionid_auth_device",
    ]
    session = cookies["__Host-sessionid"]
    device = cookies["__Host-sessionid_auth_device"]
    days = (device["expires"] - session["expires"]) / 86400
    assert days == pytest.approx(KNOWN_FOR.days - 90, abs=0.1)
    assert session | {"value": "", "expires": 0} == {
        "name": "__Host-sessionid",
        "value": "",
        "domain": "app.example.com",
        "path": "/",
        "expires": 0,
        "httpOnly": True,
        "secure": True,
        "sameSite": "Lax",
    }


def test_they_are_sent_to_django(alice: User, tmp_path: Path) -> None:
    with deployed(CrossOrigin(["https://app.example.com"], api="https://api.example.com")):
        assert written(tmp_path, "alice")["cookies"][0]["domain"] == "api.example.com"
        other = written(tmp_path, "alice", "--origin", "https://preview.example.com")
    assert other["cookies"][0]["domain"] == "preview.example.com"


def test_the_file_is_for_its_owner_alone(alice: User, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.touch(mode=0o666)
    written(tmp_path, "alice")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nobody_is_nobody(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nobody is called 'mallory'"):
        written(tmp_path, "mallory")


def test_an_origin_is_written_as_browsers_do(alice: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not an origin"):
        written(tmp_path, "alice", "--origin", "localhost:8000")


def test_who_needs_a_factor_must_use_it(
    alice: User, tmp_path: Path, factors: dict[str, list[str]]
) -> None:
    factors["alice"] = ["totp"]
    with pytest.raises(CommandError, match="totp"):
        written(tmp_path, "alice")


def test_partitioned_cookies_cannot_be_written(alice: User, tmp_path: Path) -> None:
    deployment = CrossSite(["https://app.example"], api="https://api.test")
    with deployed(deployment), pytest.raises(CommandError, match="sign in there"):
        written(tmp_path, "alice")


def test_the_app_brings_the_command(alice: User, tmp_path: Path) -> None:
    with modify_settings(INSTALLED_APPS={"append": "spa_auth.testing"}):
        call_command(
            "spa_auth_storage_state", "alice", output=tmp_path / "state.json", stdout=io.StringIO()
        )
    assert (tmp_path / "state.json").exists()
