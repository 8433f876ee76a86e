"""Take over the sessions of Django's own engine: the last step but one of moving to ours."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spa_auth.sessions import adoption
from spa_auth.sessions.settings import sessions


class Command(BaseCommand):
    """`manage.py spa_auth_adopt_sessions`."""

    help = "Makes every live session of Django's `db` engine one of ours, so that it can be ended."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take them over, and say how far it has come."""
        if not sessions.django_session_cookie:
            raise CommandError(
                'Nobody could use them: write SPA_AUTH = {"DJANGO_SESSION_COOKIE": "sessionid"}.'
            )
        count = 0
        for taken in adoption.adopt_all():
            count += taken
            self.stdout.write(f"{count} sessions taken over")
        self.stdout.write(f"Done: {count} sessions of Django's engine are ours now.")
