"""The built wheel, installed where nothing else of ours is: alone, and in a new project."""

import re
import tempfile
import zipfile
from pathlib import Path

import environment
from console import ROOT, Failed, Words, quietly, step
from environment import PYTHON, REQUIREMENTS

IMPORTS_ALONE = """
from django.conf import settings
settings.configure(
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes",
        "spa_auth.core", "spa_auth.sessions", "spa_auth.password", "spa_auth.account",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    ROOT_URLCONF="spa_auth.urls",
    SECRET_KEY="only to import",
)
import django
django.setup()
import spa_auth.urls
"""


# The README's lines for the engine alone: the admin's own sign-in form, then one query.
ENGINE_ALONE = """
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
User.objects.create_superuser("alice", "alice@example.com", "correct-horse")
client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
form = client.get("/admin/login/")
fields = {"username": "alice", "password": "correct-horse", "next": "/admin/"}
fields["csrfmiddlewaretoken"] = form.cookies["csrftoken"].value
assert client.post("/admin/login/", fields)["Location"] == "/admin/"
with CaptureQueriesContext(connection) as queries:
    assert client.get("/admin/password_change/").status_code == 200
assert len(queries) == 1, queries.captured_queries
"""


def works() -> None:
    """Build it, install it into an empty environment, and use it there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build: Words = [PYTHON, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist"]
        step("Building the wheel", build)
        (wheel,) = (folder / "dist").glob("*.whl")
        held = zipfile.ZipFile(wheel).namelist()
        for file in ("spa_auth/py.typed", "spa_auth/core/locale/de/LC_MESSAGES/django.mo"):
            if file not in held:
                raise Failed(f"{file} is not in the wheel")
        python = environment.bare_venv(folder / "venv")
        # The pins without their hashes, because pip would ask for the hash of the wheel too.
        pinned = (REQUIREMENTS / "run.txt").read_text()
        pins = re.findall(r"^[\w.-]+==[^\\\n]+", pinned, re.MULTILINE)
        (folder / "pins.txt").write_text("\n".join(pins))
        install: Words = [python, "-m", "pip", "install", "--disable-pip-version-check"]
        install += ["--no-input"]
        step("Installing the wheel alone", [*install, "-c", folder / "pins.txt", wheel])
        quietly("Importing it", [python, "-I", "-c", IMPORTS_ALONE], cwd=folder)
        _runs_a_new_project(python, folder / "project")


def _runs_a_new_project(python: Path, folder: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (engine_alone,) = (block for block in blocks if block.startswith("INSTALLED_APPS +="))
    folder.mkdir()
    manage: Words = [python, "manage.py"]
    quietly("startproject", [python, "-m", "django", "startproject", "shop", "."], cwd=folder)
    with (folder / "shop" / "settings.py").open("a") as file:
        file.write(engine_alone)
    quietly("check", [*manage, "check", "--fail-level", "ERROR"], cwd=folder)
    quietly("migrate", [*manage, "migrate"], cwd=folder)
    quietly("Signing in to the admin", [*manage, "shell", "-c", ENGINE_ALONE], cwd=folder)
