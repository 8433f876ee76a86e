"""Odd user models: ours finds whom Django finds, in one statement where it can be joined."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

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
    "FromDbStatic": False,
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
VARIANTS = {
    "naive dates": {"ODD_NAIVE": "1"},
    "users elsewhere": {"ODD_MOVED": "Plain"},
    "sessions elsewhere": {"ODD_MOVED": "Session"},
    "prepared statements": {"ODD_PREPARED": "1"},
}
# What PostgreSQL keeps of our statement; nothing elsewhere has statements to prepare.
PREPARED = {"postgresql": 1, "sqlite": 0}


def probe(case: str, bytecode: Path) -> dict[str, Any]:
    model, _, variant = case.partition(" with ")
    result = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.odd_users.probe"],
        cwd=ROOT,
        # Bytecode of their own, also where Python is told to write none: starts are many.
        env=os.environ
        | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(bytecode)}
        | {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tests.odd_users.settings"}
        | {"ODD_USER": model}
        | VARIANTS.get(variant, {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    report: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return report


@pytest.fixture(scope="module")
def probes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[dict[str, Any]]]]:
    """Every selected probe, as many at a time as there are processors."""
    selected = [
        item.callspec.params["case"]
        for item in request.session.items
        if item.path == request.path and isinstance(item, pytest.Function)
    ]
    bytecode = tmp_path_factory.mktemp("bytecode")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {case: pool.submit(probe, case, bytecode) for case in selected}


@pytest.mark.parametrize("case", JOINED)
def test_the_user_is_the_one_that_django_finds(
    case: str, probes: dict[str, Future[dict[str, Any]]]
) -> None:
    report = probes[case].result()
    assert report["joined"] == JOINED[case]
    prepared = PREPARED[connection.vendor] if case.endswith("prepared statements") else 0
    assert len(report["prepared"]) == prepared
