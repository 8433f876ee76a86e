"""System checks of the audit room."""

from collections.abc import Iterator

from django.core.checks import Error

from spa_auth.core.rule import Found, rule

from .settings import audit


@rule("E070", Error, hint='SPA_AUTH = {"AUDIT_DAYS": 365}')
def forgotten_at_once() -> Iterator[Found]:
    """Entries that are kept for less than a day are gone before anybody can read them."""
    days = audit.audit_days
    # What is no number E002 names.
    if isinstance(days, int) and days < 1:
        yield Found(f"SPA_AUTH['AUDIT_DAYS'] is {days}: the whole audit log is deleted.")
