"""What people are told by mail about the beginning of their account and its end."""

import datetime
from contextlib import suppress

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from spa_auth.core import mail
from spa_auth.core.links import Purpose
from spa_auth.core.messages import Message, declare
from spa_auth.core.people import email_of
from spa_auth.core.recipients import RecipientRefused
from spa_auth.core.settings import core

from .settings import account

SIGN_UP = Purpose(
    name="account.sign_up", lifetime=datetime.timedelta(minutes=account.sign_up_minutes)
)
UNDO = Purpose(
    name="account.delete.undo",
    # Where accounts go at once nothing of the kind is sent, and the number is that of the preview.
    lifetime=datetime.timedelta(days=account.delete_after_days or 30),
)
ACCOUNT_EXISTS = declare(
    Message(
        name="account.exists",
        subject=_("You have an account already"),
        template="spa_auth/mail/account_exists",
        page=core.sign_in_page,
    )
)
SIGN_UP_ASKED = declare(
    Message(
        name="account.sign_up",
        subject=_("Finish making your account"),
        template="spa_auth/mail/account_sign_up",
        page=account.sign_up_page,
        purpose=SIGN_UP,
        taken=ACCOUNT_EXISTS,
    )
)
DELETED_LATER = declare(
    Message(
        name="account.deleted_later",
        subject=_("Your account will be deleted"),
        template="spa_auth/mail/account_deleted_later",
        page=account.restore_account_page,
        purpose=UNDO,
        code=False,
        farewell=True,
    )
)
DELETED = declare(
    Message(
        name="account.deleted",
        subject=_("Your account was deleted"),
        template="spa_auth/mail/account_deleted",
        page="/",
        farewell=True,
    )
)


def send_sign_up(address: str) -> None:
    """Queue the mail that a stranger asks for; who has the address is looked up when it is sent."""
    mail.send(SIGN_UP_ASKED, user=None, address=address)


def tell_of_deletion(user: AbstractBaseUser) -> None:
    """Queue a mail to somebody whose row goes in the same transaction: it names nobody."""
    # What is no address of one person has never been sent anything.
    with suppress(RecipientRefused):
        mail.send(DELETED, user=None, address=email_of(user))


def send_way_back(user: AbstractBaseUser) -> None:
    """Queue the mail with the link that brings an inactive account back."""
    with suppress(RecipientRefused):
        mail.send(DELETED_LATER, user=user, address=email_of(user))
