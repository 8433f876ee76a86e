"""Forget what happened long ago, to be run by a timer."""

from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from spa_auth.audit import flow, rules
from spa_auth.audit.settings import audit


class Command(BaseCommand):
    """`manage.py spa_auth_forget_activity --older-than 90d`."""

    help = "Deletes the entries of the audit log that are older than a number of days, in chunks."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the age."""
        parser.add_argument(
            "--older-than",
            type=_age,
            metavar="90d",
            help="days to keep; otherwise SPA_AUTH['AUDIT_DAYS']",
        )

    def handle(self, *args: Any, older_than: timedelta | None, **options: Any) -> None:
        """Delete them, and say how many they were."""
        count = flow.forget(older_than=older_than or rules.age_of(f"{audit.audit_days}d"))
        self.stdout.write(f"{count} entries forgotten")


def _age(text: str) -> timedelta:
    try:
        return rules.age_of(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
