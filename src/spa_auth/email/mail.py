"""What the email room writes to people."""

import datetime
from contextlib import suppress

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from spa_auth.core import mail
from spa_auth.core.links import Purpose, address_password_and_sign_in
from spa_auth.core.messages import Message, declare
from spa_auth.core.people import email_of, find_by_email
from spa_auth.core.recipients import RecipientRefused
from spa_auth.core.settings import core

from .settings import email

VERIFY = Purpose(
    name="email.verify", lifetime=datetime.timedelta(minutes=email.verify_email_minutes)
)
CHANGE = Purpose(name="email.change", lifetime=datetime.timedelta(hours=1))
# Whatever an intruder does next to the account, the owner's link must still work: it is bound to
# the person alone, and a later one does not end it.
UNDO = Purpose(
    name="email.undo",
    lifetime=datetime.timedelta(days=email.undo_email_days),
    bound_to=lambda user: str(user.pk),
    replaces=False,
)
SIGN_IN = Purpose(
    name="email.sign_in",
    lifetime=datetime.timedelta(minutes=email.mail_sign_in_minutes),
    bound_to=address_password_and_sign_in,
)
CONFIRM = Purpose(name="email.confirm", lifetime=datetime.timedelta(minutes=15))

VERIFY_ASKED = declare(
    Message(
        name="email.verify",
        subject=_("Confirm your address"),
        template="spa_auth/mail/email_verify",
        page=email.verify_email_page,
        purpose=VERIFY,
    )
)
ADDRESS_TAKEN = declare(
    Message(
        name="email.taken",
        subject=_("Your address is in use already"),
        template="spa_auth/mail/email_taken",
        page=core.sign_in_page,
    )
)
CHANGE_ASKED = declare(
    Message(
        name="email.change",
        subject=_("Confirm your new address"),
        template="spa_auth/mail/email_change",
        page=email.change_email_page,
        purpose=CHANGE,
        taken=ADDRESS_TAKEN,
    )
)
CHANGED = declare(
    Message(
        name="email.changed",
        subject=_("Your address was changed"),
        template="spa_auth/mail/email_changed",
        page=email.undo_email_page,
        purpose=UNDO,
        code=False,
    )
)
SIGN_IN_ASKED = declare(
    Message(
        name="email.sign_in",
        subject=_("Sign in"),
        template="spa_auth/mail/email_sign_in",
        page=email.mail_sign_in_page,
        purpose=SIGN_IN,
        addressee=find_by_email,
    )
)
CONFIRM_ASKED = declare(
    Message(
        name="email.confirm",
        subject=_("Your code"),
        template="spa_auth/mail/email_confirm",
        page=None,
        purpose=CONFIRM,
    )
)


def send_to(user: AbstractBaseUser, message: Message) -> None:
    """Queue a mail to a user's own address, in the caller's transaction."""
    # What is no address of one person has never been sent anything.
    with suppress(RecipientRefused):
        mail.send(message, user=user, address=email_of(user))


def send_to_newcomer(user: AbstractBaseUser, address: str) -> None:
    """Queue the mail that a new address confirms; whose it is is looked up when it is sent."""
    mail.send(CHANGE_ASKED, user=user, address=address)


def send_undo(user: AbstractBaseUser, old: str) -> None:
    """Queue the mail to the address that was replaced."""
    with suppress(RecipientRefused):
        mail.send(CHANGED, user=user, address=old)


def send_sign_in(address: str) -> None:
    """Queue the mail that a stranger asks for; who has the address is looked up when it is sent."""
    mail.send(SIGN_IN_ASKED, user=None, address=address)
