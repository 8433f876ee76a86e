"""The documents' lines, run as they stand in a project that `startproject` made."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.paths import ROOT

PROBE = """
import json
from django.contrib.auth.models import User
from django.test import Client
User.objects.create_superuser("ada", "ada@example.com", "correct-horse")
client = Client(SERVER_NAME="localhost")
assert client.get("/any/page").content == b"<p>app</p>"
assert client.get("/admin/login/")["Location"].startswith("http://localhost:8000/sign-in")
body = json.dumps({"login": "ada@example.com", "password": "correct-horse"})
state = client.post("/api/login/", body, content_type="application/json").json()
assert state["status"] == "authenticated", state
assert client.get("/admin/").status_code == 200
print("signed in")
"""


OWN_PROJECT = """
import json
from people.models import User
from django.test import Client
User.objects.create_superuser("ada", "ada@example.com", "correct-horse")
client = Client(SERVER_NAME="localhost")
assert client.get("/api/greeting/").status_code == 401
body = json.dumps({"login": "ada@example.com", "password": "correct-horse"})
client.post("/api/login/", body, content_type="application/json")
print(client.get("/api/greeting/").json()["text"])
"""
PRODUCTION = {"ORIGIN": "https://shop.example.com", "SECRET_KEY": secrets.token_hex(32)}


def run(*command: str, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment |= env or {}
    result = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def blocks(name: str = "README.md") -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(), re.DOTALL)


def test_the_lines_of_the_readme_sign_a_person_in(tmp_path: Path) -> None:
    settings, urls = blocks()[:2]
    run("-m", "django", "startproject", "shop", ".", cwd=tmp_path)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text("<p>app</p>")
    with (tmp_path / "shop" / "settings.py").open("a") as file:
        file.write(settings)
    (tmp_path / "shop" / "urls.py").write_text(urls)
    run("manage.py", "migrate", "--verbosity", "0", cwd=tmp_path)
    run("manage.py", "check", "--fail-level", "ERROR", cwd=tmp_path)
    assert "signed in" in run("manage.py", "shell", "-c", PROBE, cwd=tmp_path)


def test_the_lines_of_a_project_of_your_own_sign_a_person_in(tmp_path: Path) -> None:
    models, admin, settings, urls = blocks("docs/own-project.md")
    run("-m", "django", "startproject", "shop", ".", cwd=tmp_path)
    run("manage.py", "startapp", "people", cwd=tmp_path)
    (tmp_path / "people" / "models.py").write_text(models)
    (tmp_path / "people" / "admin.py").write_text(admin)
    with (tmp_path / "shop" / "settings.py").open("a") as file:
        file.write(settings)
    (tmp_path / "shop" / "urls.py").write_text(urls)
    run("manage.py", "makemigrations", "people", cwd=tmp_path)
    run("manage.py", "migrate", "--verbosity", "0", cwd=tmp_path)
    run("manage.py", "check", "--fail-level", "WARNING", cwd=tmp_path)
    assert "Hello ada" in run("manage.py", "shell", "-c", OWN_PROJECT, cwd=tmp_path)
    run("manage.py", "collectstatic", "--no-input", cwd=tmp_path, env=PRODUCTION)
    deploy = ("check", "--deploy", "--fail-level", "INFO")
    run("manage.py", *deploy, cwd=tmp_path, env=PRODUCTION)


def test_the_lines_to_write_are_about_twenty() -> None:
    lines = "".join(blocks()[:2]).splitlines()
    written = [line for line in lines if line and not line.startswith("#")]
    assert len(written) <= 25
