"""The examples of docs/adapters.md, run as they stand in a project that `startproject` made."""

import json
from pathlib import Path

import pytest

from tests.test_readme import blocks, run

# The same story with each adapter, by a browser that signs in.
PROBE = """
import json
from django.contrib.auth.models import User
from django.test import Client
User.objects.create_superuser("ada", "ada@example.com", "correct-horse")
def ask(client, method, path, body=None, token=""):
    headers = {"X-CSRFToken": token}
    data = json.dumps(body) if body is not None else ""
    answer = client.generic(method, path, data, "application/json", headers=headers)
    told = answer.json()
    if answer.status_code < 400:
        return answer.status_code, told
    return answer.status_code, {"code": told["code"], "fields": list(told.get("fields", []))}
seen = {}
for adapter in ("plain", "drf", "ninja"):
    stranger, client = (Client(SERVER_NAME="localhost", enforce_csrf_checks=True) for _ in "12")
    said = {"login": "ada", "password": "correct-horse"}
    token = ask(client, "POST", "/api/login/", said)[1]["csrfToken"]
    notes, every = f"/{adapter}/notes/", f"/{adapter}/all/"
    seen[adapter] = [
        ask(stranger, "GET", notes),
        ask(stranger, "DELETE", every),
        ask(client, "POST", notes, {"text": "milk"}),
        ask(client, "POST", notes, {}, token),
        ask(client, "POST", notes, {"text": "milk"}, token)[0] // 100,
        "milk" in str(ask(client, "GET", notes)),
        adapter == "drf" or ask(client, "GET", f"/{adapter}/count/"),
        ask(client, "DELETE", every, None, token),
        "milk" in str(ask(client, "GET", notes)),
    ]
schema = client.get("/ninja/openapi.json").json()
assert "/api/login/" in schema["paths"], schema["paths"].keys()
# Not to the output, where mail may be written meanwhile.
with open("seen.json", "w") as file:
    json.dump(seen, file)
"""
PAGE = "docs/adapters.md"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    folder: Path = tmp_path_factory.mktemp("project")
    settings, models, urls, plain, rest, operations = blocks(PAGE)
    run("-m", "django", "startproject", "shop", ".", cwd=folder)
    run("manage.py", "startapp", "notes", cwd=folder)
    (folder / "dist").mkdir()
    (folder / "dist" / "index.html").write_text("<p>app</p>")
    with (folder / "shop" / "settings.py").open("a") as file:
        file.write(blocks()[0] + settings)
    (folder / "shop" / "urls.py").write_text(urls)
    for name, code in {
        "models": models,
        "plain": plain,
        "rest": rest,
        "operations": operations,
    }.items():
        (folder / "notes" / f"{name}.py").write_text(code)
    run("manage.py", "makemigrations", "notes", cwd=folder)
    run("manage.py", "migrate", "--verbosity", "0", cwd=folder)
    run("manage.py", "check", "--fail-level", "ERROR", cwd=folder)
    run("manage.py", "spectacular", "--file", "schema.yaml", "--validate", cwd=folder)
    assert "/api/login/" in (folder / "schema.yaml").read_text()
    run("manage.py", "shell", "-c", PROBE, cwd=folder)
    found: dict[str, list[object]] = json.loads((folder / "seen.json").read_text())
    return found


@pytest.mark.parametrize("adapter", ["plain", "drf", "ninja"])
def test_the_examples_of_the_page_do_what_it_says(
    seen: dict[str, list[object]], adapter: str
) -> None:
    assert seen[adapter] == [
        [401, {"code": "not_authenticated", "fields": []}],
        [401, {"code": "not_authenticated", "fields": []}],
        [403, {"code": "csrf_failed", "fields": []}],
        [400, {"code": "invalid_body", "fields": ["text"]}],
        2,
        True,
        True if adapter == "drf" else [200, {"count": 1}],
        [200, {}],
        False,
    ]
