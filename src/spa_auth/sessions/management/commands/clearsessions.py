"""Django's `clearsessions`, also for a project without `django.contrib.sessions`."""

from typing import Any

from django.core.management.base import BaseCommand

from spa_auth.sessions.engine import SessionStore


class Command(BaseCommand):
    """`manage.py clearsessions`."""

    help = (
        "Deletes expired sessions, in chunks, limits that have passed, old links, old mails, and "
        "accounts whose time has come."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them."""
        SessionStore.clear_expired()
