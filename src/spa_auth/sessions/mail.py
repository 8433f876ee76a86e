"""What people are told about their sessions by mail."""

from contextlib import suppress

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from spa_auth.core import mail
from spa_auth.core.limits import within
from spa_auth.core.messages import Message, declare
from spa_auth.core.people import email_of
from spa_auth.core.recipients import RecipientRefused

from .settings import sessions

NEW_DEVICE = declare(
    Message(
        name="sessions.new_device",
        subject=_("New sign-in to your account"),
        template="spa_auth/mail/new_device",
        page=sessions.devices_page,
    )
)
REVOKED = declare(
    Message(
        name="sessions.revoked",
        subject=_("Devices were signed out of your account"),
        template="spa_auth/mail/sessions_revoked",
        page=sessions.devices_page,
    )
)
# Whoever has the password can sign in again and again: that is no way to fill a mailbox.
_RATE = "3/1h"


def tell_of_new_device(user: AbstractBaseUser) -> None:
    """Queue a mail to who signs in on a device that is not known, in the same transaction."""
    if sessions.new_device_mail:
        _tell(NEW_DEVICE, user)


def tell_of_revocation(user: AbstractBaseUser) -> None:
    """Queue a mail to who ended sessions of theirs from another, in the same transaction."""
    _tell(REVOKED, user)


def _tell(message: Message, user: AbstractBaseUser) -> None:
    address = email_of(user)
    if not address:
        return
    # What is no address of one person has never been sent anything.
    with suppress(RecipientRefused):
        if within(message.name, _RATE, subject=str(user.pk)):
            mail.send(message, user=user, address=address)
