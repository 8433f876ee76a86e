"""The example project passes Django's own checks, as its users would run them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import BUILD, EXAMPLE, ROOT

TYPES = sorted(ROOT.glob("examples/*/src/spa-auth.d.ts"))


def manage(tmp_path: Path, *arguments: str, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLE / "manage.py"), *arguments],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "EXAMPLE_VAR": str(tmp_path),
            "EXAMPLE_BUILD": str(BUILD),
        }
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_the_migrations_are_complete(tmp_path: Path) -> None:
    manage(tmp_path, "makemigrations", "--check", "--dry-run")


@pytest.mark.parametrize("provider", ["", "http://127.0.0.1:8001"])
def test_the_project_has_no_message(tmp_path: Path, provider: str) -> None:
    manage(tmp_path, "check", "--fail-level", "INFO", PROVIDER=provider)


@pytest.mark.parametrize(
    ("deployment", "api"),
    [
        ("DjangoServed", ""),
        ("SameOrigin", ""),
        ("CrossOrigin", "https://api.example.localhost"),
        ("CrossSite", "https://api.other.test"),
    ],
)
def test_behind_tls_each_deployment_is_ready(tmp_path: Path, deployment: str, api: str) -> None:
    manage(
        tmp_path,
        "check",
        "--deploy",
        "--fail-level",
        "INFO",
        DEPLOYMENT=deployment,
        ORIGIN="https://app.example.localhost",
        API_ORIGIN=api,
        PROVIDER="https://accounts.test",
        SECRET_KEY="a-secret-of-more-than-fifty-characters-0123456789-abc",
    )


def test_the_demo_users_are_made_once(tmp_path: Path) -> None:
    manage(tmp_path, "migrate", "--verbosity", "0")
    for _ in range(2):
        manage(tmp_path, "demo_users")
    count = "from people.models import User; print(sorted(u.email for u in User.objects.all()))"
    assert "['alice@example.com', 'bob@example.com']" in manage(tmp_path, "shell", "-c", count)


@pytest.mark.parametrize("types", TYPES, ids=lambda path: path.parent.parent.name)
def test_the_types_of_its_fields_are_current(tmp_path: Path, types: Path) -> None:
    """Otherwise: `make openapi`."""
    manage(tmp_path, "spa_auth_types", "--check", "--output", str(types))


@pytest.mark.parametrize("pragma", ["journal_mode"])
def test_sqlite_runs_in_wal_mode(tmp_path: Path, pragma: str) -> None:
    manage(tmp_path, "migrate", "--verbosity", "0")
    code = (
        "from django.db import connection; c = connection.cursor(); "
        f"c.execute('PRAGMA {pragma}'); print(c.fetchone())"
    )
    assert "('wal',)" in manage(tmp_path, "shell", "-c", code)


@pytest.mark.parametrize("views", ["drf", "plain"])
def test_both_kinds_of_views_keep_the_same_promises(tmp_path: Path, views: str) -> None:
    manage(tmp_path, "test", "notes", NOTES_VIEWS=views)
