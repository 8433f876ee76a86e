"""Mail that waits to be sent: a row, written with what it is about, until a mail server has it.

A row holds no secret. Link and code are made when it is sent, and made anew when that fails.
"""

import datetime
import logging
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from .messages import Message, compose, get_message
from .models import Mail
from .people import email_of, find_all_by_email
from .recipients import recipient

# Seconds until the next try, the last one again and again, until a day after the request.
BACK_OFF = (5, 30, 120, 600, 3600)
GIVE_UP_AFTER = datetime.timedelta(days=1)
# For so long a mail is its sender's. If the sender dies, another one takes it then.
LEASE = datetime.timedelta(minutes=5)
# Seconds for each answer of a mail server; a mail takes about ten, which the lease outlasts.
_TIMEOUT = 15
# For so long a mail that was given up is kept, for whoever asks why nothing came.
_KEPT = datetime.timedelta(days=30)

logger = logging.getLogger("spa_auth.mail")


def deliver_due() -> int:
    """Send every mail that is due; return how many were taken up. What fails is tried later.

    Two processes never send one mail at once. A process that dies between the mail server's answer
    and its own note of it sends again: twice is better than never.
    """
    taken = 0
    for mail in Mail.objects.filter(due_at__lte=timezone.now()).order_by("due_at"):
        if _claim(mail):
            taken += 1
            _deliver(mail)
    return taken


def next_due() -> datetime.datetime | None:
    """Return when the next mail is due, None if none waits."""
    waiting = Mail.objects.filter(due_at__isnull=False).order_by("due_at")
    return waiting.values_list("due_at", flat=True).first()


def clear_old() -> int:
    """Delete the mails that were given up long ago; return how many."""
    old = Mail.objects.filter(due_at=None, created_at__lt=timezone.now() - _KEPT)
    return old.delete()[0]


def _claim(mail: Mail) -> bool:
    """Take a mail for this process alone, by one statement that only one process can do."""
    mine = Mail.objects.filter(pk=mail.pk, due_at=mail.due_at)
    return bool(mine.update(due_at=timezone.now() + LEASE, tries=F("tries") + 1))


def _deliver(mail: Mail) -> None:
    try:
        message, user, address = _addressed(mail, get_message(mail.message))
        if not _may_have(user, message):
            mail.delete()
            return
        letter = compose(message, user, address=address, language=mail.language, at=mail.created_at)
        mail_connection().send_messages([letter])
    except Exception as error:
        _postpone(mail, error)
    else:
        mail.delete()


def _may_have(user: AbstractBaseUser | None, message: Message) -> bool:
    """Tell whether there is anything to say: not where nobody has the address, or no more."""
    if user is None:
        return bool(message.taken) or (message.farewell and message.purpose is None)
    return user.is_active or message.farewell


def _addressed(mail: Mail, message: Message) -> tuple[Message, AbstractBaseUser | None, str]:
    """Return what is sent to whom, and where it goes: where a stranger asked, as it is stored.

    A spelling that only looks like an address must not receive its mail (CVE-2019-19844).
    """
    if message.taken:
        others = (user for user in find_all_by_email(mail.address) if user != mail.user)
        if owner := next(others, None):
            return message.taken, owner, recipient(email_of(owner))
    elif mail.user is None and message.addressee:
        user = message.addressee(mail.address)
        return message, user, mail.address if user is None else recipient(email_of(user))
    return message, mail.user, mail.address


def mail_connection() -> BaseEmailBackend:
    """Return the way out that Django is told of, which does not wait for ever."""
    # Below Django 6.1 nothing reads what a project may have written for later.
    known = hasattr(django_mail, "mailers") and getattr(settings, "MAILERS", None)
    connection: Any = django_mail.mailers.default if known else django_mail.get_connection()
    # Django waits for ever for a mail server that says nothing, unless the project says how long.
    if getattr(connection, "timeout", _TIMEOUT) is None:
        connection.timeout = _TIMEOUT
    return cast("BaseEmailBackend", connection)


def _postpone(mail: Mail, error: Exception) -> None:
    now = timezone.now()
    wait = datetime.timedelta(seconds=BACK_OFF[min(mail.tries, len(BACK_OFF) - 1)])
    over = now + wait > mail.created_at + GIVE_UP_AFTER
    # The class alone: what servers answer may repeat the address, or more.
    kind = type(error).__name__
    Mail.objects.filter(pk=mail.pk).update(error=kind, due_at=None if over else now + wait)
    logger.warning(
        "mail %s of account %s failed: %s, %s",
        mail.pk,
        mail.user_id,
        kind,
        "given up" if over else f"next try in {wait.total_seconds():.0f} s",
    )
