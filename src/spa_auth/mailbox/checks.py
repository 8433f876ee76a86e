"""System checks of the mailbox."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004

from spa_auth.core.rule import Found, rule

from .letters import folder


@rule("E080", Error, hint="Take spa_auth.mailbox out of INSTALLED_APPS.", deploy=True)
def mailbox_in_production() -> Iterator[Found]:
    """Whoever opens the mailbox has everybody's links."""
    yield Found("spa_auth.mailbox is in INSTALLED_APPS. It is for development only.")


@rule("W081", Warning, hint='EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"')
def nothing_to_show() -> Iterator[Found]:
    """The mailbox shows what Django's file backend has written, and nothing else."""
    if settings.DEBUG and folder() is None:
        yield Found("spa_auth.mailbox is in INSTALLED_APPS, but mail is not written to files.")
