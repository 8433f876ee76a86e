"""The checks together: a project that is wrong in every way, and the page that lists them."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from spa_auth.core.rule import rules
from tests.paths import ROOT

TERRIBLE = ["cross-origin", "cross-site", "served", "local", "no deployment"]


def named_in(terrible: str) -> set[str]:
    environment = {"DJANGO_SETTINGS_MODULE": "tests.terrible_settings", "TERRIBLE": terrible}
    result = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "SystemCheckError" in result.stderr, result.stderr
    return set(re.findall(r"\((spa_auth\.\w+)\)", result.stderr))


def test_a_terrible_project_hears_of_every_check() -> None:
    """With `manage.py check --deploy`, as people run it."""
    named = {identifier for terrible in TERRIBLE for identifier in named_in(terrible)}
    assert named == {rule.id for rule in rules}


def test_the_page_of_checks_is_current(tmp_path: Path) -> None:
    """Otherwise: `python -m django spa_auth_checks --output docs/checks.md`."""
    written, printed = tmp_path / "checks.md", StringIO()
    call_command("spa_auth_checks", output=written)
    call_command("spa_auth_checks", stdout=printed)
    assert written.read_text() == (ROOT / "docs" / "checks.md").read_text() == printed.getvalue()


def test_each_check_has_an_id_of_its_own() -> None:
    """Who silences one must not silence another; R numbers a rule, which several may look after."""
    numbers = [rule.number for rule in rules if not rule.number.startswith("R")]
    assert sorted(numbers) == sorted(set(numbers))


def test_each_check_says_why_and_what_to_write() -> None:
    assert all(rule.reason.endswith(".") and rule.hint for rule in rules)
