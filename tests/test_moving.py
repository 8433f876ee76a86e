"""The pages on moving a project over: their settings work, and what they name is there."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from spa_auth.core.endpoint import registry
from spa_auth.core.rule import rules
from tests.paths import ROOT

PAGES = sorted((ROOT / "docs" / "moving").glob("*.md"))
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def blocks(page: Path) -> list[str]:
    return [
        dedent(block)
        for block in re.findall(
            r"^ *```python\n(.*?)^ *```", page.read_text(), re.MULTILINE | re.DOTALL
        )
    ]


def our_paths(page: Path) -> Iterator[str]:
    """Yield what the last column of a table "theirs | ours" has between backticks."""
    for table in re.findall(
        r"^\| theirs.* \| ours \|\n(.*?)\n\n", page.read_text(), re.MULTILINE | re.DOTALL
    ):
        for row in table.splitlines():
            yield from re.findall(r"`([a-z/-]+/)`", row.split("|")[-2])


@every_page
def test_the_settings_work(page: Path) -> None:
    for block in blocks(page):
        compile(block, page.name, "exec")
        if "configure(globals())" in block:
            written: dict[str, Any] = {"INSTALLED_APPS": []}
            exec(block, written)
            assert written["SPA_AUTH_DEPLOYMENT"]
            assert [name for name in written["INSTALLED_APPS"] if find_spec(name) is None] == []


@every_page
def test_each_check_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"`([RE]\d{2,3})`", page.read_text()))
    assert named
    assert named <= {rule.number for rule in rules}


@every_page
def test_each_path_of_ours_exists(page: Path) -> None:
    paths = {path.strip("/") for path in our_paths(page)}
    assert paths <= registry.keys()
    assert paths or page.stem == "tutorials"
