"""The mailbox, for development only."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """Shows what was sent, so that stories with mail can be clicked through."""

    name = "spa_auth.mailbox"
    label = "spa_auth_mailbox"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - registers itself
