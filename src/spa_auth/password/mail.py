"""What people are told about their passwords by mail."""

import datetime
from contextlib import suppress

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from spa_auth.core import mail
from spa_auth.core.links import Purpose, address_password_and_sign_in
from spa_auth.core.messages import Message, declare
from spa_auth.core.people import email_of, find_by_email
from spa_auth.core.recipients import RecipientRefused

from .settings import password

RESET = Purpose(
    name="password.reset",
    lifetime=datetime.timedelta(minutes=password.reset_minutes),
    bound_to=address_password_and_sign_in,
)
RESET_ASKED = declare(
    Message(
        name="password.reset",
        subject=_("Choose a new password"),
        template="spa_auth/mail/password_reset",
        page=password.reset_password_page,
        purpose=RESET,
        addressee=find_by_email,
    )
)
CHANGED = declare(
    Message(
        name="password.changed",
        subject=_("Your password was changed"),
        template="spa_auth/mail/password_changed",
        page=password.forgot_password_page,
    )
)


def send_reset(address: str) -> None:
    """Queue the mail that a stranger asks for; who has the address is looked up when it is sent."""
    mail.send(RESET_ASKED, user=None, address=address)


def tell_of_change(user: AbstractBaseUser) -> None:
    """Queue a mail to somebody whose password was changed, in the same transaction."""
    # What is no address of one person has never been sent anything.
    with suppress(RecipientRefused):
        mail.send(CHANGED, user=user, address=email_of(user))
