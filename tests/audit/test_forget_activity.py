"""Entries go by their age alone."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spa_auth.audit.models import Entry

pytestmark = pytest.mark.django_db
COMMAND = "spa_auth_forget_activity"


@pytest.fixture(autouse=True)
def entries(db: None) -> None:
    for days in (1, 89, 91, 364, 366):
        Entry.objects.create(
            at=timezone.now() - timedelta(days=days), kind="sign_in", outcome="done", details={}
        )


def forgotten(*arguments: str) -> str:
    out = StringIO()
    call_command(COMMAND, *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("age", ["0d", "ninety", "90"])
def test_what_is_no_age_deletes_nothing(age: str) -> None:
    with pytest.raises(CommandError, match="no number of days"):
        call_command(COMMAND, "--older-than", age)
    assert Entry.objects.count() == 5


def test_entries_older_than_that_are_deleted() -> None:
    assert forgotten("--older-than", "90d") == "3 entries forgotten\n"
    assert Entry.objects.count() == 2


def test_a_year_is_kept_unless_the_project_says_otherwise() -> None:
    assert forgotten() == "1 entries forgotten\n"
    with override_settings(SPA_AUTH={"AUDIT_DAYS": 2}):
        assert forgotten() == "3 entries forgotten\n"


def test_many_are_deleted_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spa_auth.core.chunks._FEWEST", 2)
    monkeypatch.setattr("spa_auth.core.chunks._MOST", 2)
    with CaptureQueriesContext(connection) as queries:
        assert forgotten("--older-than", "1d") == "5 entries forgotten\n"
    assert sum(q["sql"].startswith("DELETE") for q in queries) == 3


def test_clearing_sessions_forgets_nothing() -> None:
    call_command("clearsessions")
    assert Entry.objects.count() == 5
