"""What people are told about their sessions by mail."""

from contextlib import suppress

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from spa_auth.core import mail
from spa_auth.core.limits import within
from spa_auth.core.messages import Message, declare
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
# Whoever has the password can sign in again and again: that is no way to fill a mailbox.
_RATE = "3/1h"


def tell_of_new_device(user: AbstractBaseUser) -> None:
    """Queue a mail to who signs in on a device that is not known, in the same transaction."""
    address = getattr(user, user.get_email_field_name(), "")
    if not (sessions.new_device_mail and address):
        return
    # What is no address of one person has never been sent anything.
    with suppress(RecipientRefused):
        if within(NEW_DEVICE.name, _RATE, subject=str(user.pk)):
            mail.send(NEW_DEVICE, user=user, address=address)
