"""The tests of the classic room, which need a project that has it."""

import os
import subprocess
import sys

import pytest

from tests.paths import ROOT

_OPTIONS = ("--no-cov", "-q", "--ds=tests.classic.settings", "-p", "no:cacheprovider")
_COVERAGE = ("-m", "coverage", "run", "--parallel-mode")


def test_its_tests_pass_where_it_is_installed(request: pytest.FixtureRequest) -> None:
    """In a process of their own: installing the room changes what all others are held to.

    pytest-cov adds what they cover to its report.
    """
    measured = () if request.config.getoption("no_cov", default=False) else _COVERAGE
    ours = {name: "" for name in os.environ if name.startswith(("PYTEST_", "COV_"))}
    result = subprocess.run(
        [sys.executable, *measured, "-m", "pytest", *_OPTIONS, "tests/classic"],
        cwd=ROOT,
        env=os.environ | ours | {"SPA_AUTH_TEST_DATABASE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
