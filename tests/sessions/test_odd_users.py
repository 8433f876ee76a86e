"""Odd user models: ours finds whom Django finds, in one statement where it can be joined."""

import json
import os
import subprocess
import sys

import django
import pytest
from django.db import connection

from tests.paths import ROOT

# Whether session and user come in one statement.
JOINED = {
    "Plain": True,
    "Uuid": True,
    "Quoted": True,
    "EmailPk": True,
    "DecimalPk": True,
    "PersonPk": True,
    "Fields": True,
    "Fields with naive dates": True,
    "Formatted": False,
    "Child": False,
    "Proxied": False,
    "SoftDeleted": False,
    "SoftDeletedByGet": False,
    "NamedManagers": False,
    "OnlyBaseManager": True,
    "Annotated": False,
    "Deferred": False,
    "SelectRelated": False,
    "FromQueryset": False,
    "FromDb": False,
    "Init": True,
    "Metaclass": True,
    "OwnHash": True,
    "EmptyHash": True,
    "NoHash": True,
    "NoActive": True,
    "ActiveProperty": True,
    "Guest": True,
    "Falsy": True,
    "Plain with users elsewhere": False,
    "Plain with sessions elsewhere": False,
    "Fields with prepared statements": True,
}
if django.VERSION < (6, 1):  # pragma: no branch
    JOINED["FromDbStatic"] = False  # Django itself cannot read such a model any more
VARIANTS = {
    "naive dates": {"ODD_NAIVE": "1"},
    "users elsewhere": {"ODD_MOVED": "Plain"},
    "sessions elsewhere": {"ODD_MOVED": "Session"},
    "prepared statements": {"ODD_PREPARED": "1"},
}
# What PostgreSQL keeps of our statement; nothing elsewhere has statements to prepare.
PREPARED = {"postgresql": 1, "sqlite": 0, "mysql": 0}


@pytest.fixture(scope="module")
def reports(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What the probe of every selected case wrote."""
    folder = tmp_path_factory.mktemp("odd users")
    selected = [
        item.callspec.params["case"]
        for item in request.session.items
        if item.path == request.path and isinstance(item, pytest.Function)
    ]
    subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.odd_users", folder, cases_of(selected)],
        cwd=ROOT,
        # Bytecode is kept also where Python is told to write none: they all import the same.
        env=os.environ
        | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        | {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tests.odd_users.settings"},
        check=True,
    )
    return {case: (folder / case).read_text().splitlines() for case in selected}


def cases_of(names: list[str]) -> str:
    """The environment of each case, in JSON."""
    cases = {}
    for name in names:
        model, _, variant = name.partition(" with ")
        cases[name] = {"ODD_USER": model} | VARIANTS.get(variant, {})
    return json.dumps(cases)


@pytest.mark.parametrize("case", JOINED)
def test_the_user_is_the_one_that_django_finds(case: str, reports: dict[str, list[str]]) -> None:
    *log, last = reports[case]
    assert last.startswith("{"), "\n".join([*log, last])
    report = json.loads(last)
    assert report["joined"] == JOINED[case]
    prepared = PREPARED[connection.vendor] if case.endswith("prepared statements") else 0
    assert len(report["prepared"]) == prepared
