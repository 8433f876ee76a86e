"""Whoever can import these tools can be anybody."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import mail

from spa_auth import testing
from spa_auth.testing.guard import VARIABLE
from tests.paths import ROOT


def imported(script: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process that is no test's."""
    environment = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{ROOT / 'src'}"}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_refuses_production() -> None:
    result = imported("import spa_auth.testing")
    assert result.returncode == 1
    assert "ImproperlyConfigured: spa_auth.testing signs people in without a passw" in result.stderr


def test_as_an_app_it_lets_production_not_start() -> None:
    script = (
        "from tests import settings; settings.INSTALLED_APPS.append('spa_auth.testing')\n"
        "import django; django.setup()"
    )
    assert "Take spa_auth.testing out of INSTALLED_APPS here" in imported(script).stderr


@pytest.mark.parametrize(
    ("script", "environ"),
    [
        ("from django.test.utils import setup_test_environment; setup_test_environment()", {}),
        ("from tests import settings; settings.DEBUG = True", {}),
        ("", {VARIABLE: "1"}),
        ("", {"PYTEST_VERSION": "9.0"}),
    ],
    ids=["django", "debug", "variable", "pytest"],
)
def test_it_is_there_for_tests(script: str, environ: dict[str, str]) -> None:
    result = imported(f"{script}\nimport spa_auth.testing", **environ)
    assert result.returncode == 0, result.stderr


def test_each_sign_alone_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_VERSION")
    monkeypatch.delattr(mail, "outbox")
    with pytest.raises(testing.guard.ImproperlyConfigured):
        testing.refuse_production()
    monkeypatch.setattr(settings, "DEBUG", True)
    testing.refuse_production()


def test_what_it_offers_is_there() -> None:
    for name in testing.__all__:
        assert getattr(testing, name)
    with pytest.raises(AttributeError, match="no attribute 'log_on'"):
        testing.log_on  # noqa: B018
