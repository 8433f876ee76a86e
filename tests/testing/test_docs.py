"""The tests that docs/testing.md shows pass in a project that `startproject` made."""

import re
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.test_readme import blocks, run

SHOWN = dict(
    re.findall(r"```python (\S+)\n(.*?)```", (ROOT / "docs" / "testing.md").read_text(), re.DOTALL)
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    settings, urls = blocks()[:2]
    run("-m", "django", "startproject", "shop", ".", cwd=tmp_path)
    with (tmp_path / "shop" / "settings.py").open("a") as file:
        file.write(settings)
        file.write('INSTALLED_APPS += ["spa_auth.email"]\n')
    (tmp_path / "shop" / "urls.py").write_text(urls)
    for name, text in SHOWN.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_those_for_pytest(shop: Path) -> None:
    config = "[pytest]\nDJANGO_SETTINGS_MODULE = shop.settings\n"
    (shop / "pytest.ini").write_text(config + "python_files = test_*.py tests.py\n")
    said = run("-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", cwd=shop)
    assert " 10 passed" in said


def test_those_for_django(shop: Path) -> None:
    for name in ("conftest.py", "test_account.py"):
        (shop / name).unlink()
    run("manage.py", "test", "--pattern", "test*.py", cwd=shop)
