"""The mail that people have, as they read it."""

import re
from dataclasses import dataclass

from django.core import mail as django_mail

from spa_auth.core import outbox
from tests.core.test_mail import mailer


@dataclass(frozen=True)
class Letter:
    """One mail; token and code are empty where it has none."""

    to: str
    subject: str
    text: str

    @property
    def token(self) -> str:
        return self._first(r"#token=([\w-]{43})")

    @property
    def code(self) -> str:
        return self._first(r"\b(\d{6})\b")

    def _first(self, pattern: str) -> str:
        found = re.search(pattern, self.text)
        return found[1] if found else ""


def delivered() -> list[Letter]:
    """Send what is due; return what has come since the last time."""
    with mailer("locmem"):
        outbox.deliver_due()
    found = [Letter(mail.to[0], str(mail.subject), str(mail.body)) for mail in django_mail.outbox]
    django_mail.outbox.clear()
    return found
