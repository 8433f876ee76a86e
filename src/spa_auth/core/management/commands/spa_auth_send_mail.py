"""Send the mail that is due: for cron, and after a crash."""

from typing import Any

from django.core.management.base import BaseCommand

from spa_auth.core import outbox


class Command(BaseCommand):
    """`manage.py spa_auth_send_mail`."""

    help = "Sends the mail that is due, and tries again what failed before."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send it, and say how many mails were taken up."""
        self.stdout.write(f"{outbox.deliver_due()} mails taken up.")
