"""What is wrong in a project's settings."""

from typing import Any

import pytest

from tests.core.checks.ask import ask, said


@pytest.mark.parametrize("days", [0, -1])
def test_a_log_that_is_forgotten_at_once_is_named(days: int) -> None:
    assert f"is {days}" in said(ask("E070", None, SPA_AUTH={"AUDIT_DAYS": days}))


@pytest.mark.parametrize("written", [{}, {"AUDIT_DAYS": 1}, {"AUDIT_DAYS": "many"}])
def test_a_day_is_enough_and_what_is_no_number_has_a_check_already(
    written: dict[str, Any],
) -> None:
    assert said(ask("E070", None, SPA_AUTH=written)) == ""
