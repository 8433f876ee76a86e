"""What the documents show is what the tests run."""

import re
from pathlib import Path
from typing import Any

import pytest

from spa_auth.core import deployment
from tests.paths import ROOT

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [path for path in DOCS if path.parent.name == "deployments"]
SHOWN = re.compile(r"\[(deploy/[^\]]+)\]\([^)]+\):\n\n```\w+\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(((?!https?:)[^)#]+)[^)]*\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_file_that_a_page_shows_is_the_file(page: Path) -> None:
    shown = SHOWN.findall(page.read_text())
    assert shown
    for name, text in shown:
        assert text == (ROOT / name).read_text(), name


def test_the_types_that_a_page_shows_are_those_of_the_example() -> None:
    page = (ROOT / "docs" / "types.md").read_text()
    (shown,) = re.findall(
        r"```ts types/src/spa-auth.d.ts\n(/\*\* Written by .*?)```", page, re.DOTALL
    )
    assert shown == (ROOT / "examples" / "react" / "src" / "spa-auth.d.ts").read_text()


def test_every_file_of_the_deployments_is_shown() -> None:
    shown = {name for page in PAGES for name, _ in SHOWN.findall(page.read_text())}
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "deploy").rglob("*.template")}
    files |= {str(path.relative_to(ROOT)) for path in (ROOT / "deploy").rglob("compose.yaml")}
    assert files <= shown


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_settings_that_a_page_shows_are_accepted(page: Path) -> None:
    for code in re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL):
        written: dict[str, Any] = {"BASE_DIR": ROOT, "INSTALLED_APPS": [], "MIDDLEWARE": []}
        exec(code, written)
        name = "".join(part.title() for part in page.stem.split("-"))
        assert isinstance(written["SPA_AUTH_DEPLOYMENT"], getattr(deployment, name))


@pytest.mark.parametrize(
    "page", [*DOCS, *ROOT.glob("*.md")], ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), target
