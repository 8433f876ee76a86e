"""What people are told about connected accounts by mail."""

from contextlib import suppress

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from spa_auth.core import mail
from spa_auth.core.messages import Message, declare
from spa_auth.core.people import email_of
from spa_auth.core.recipients import RecipientRefused

from .settings import social

CONNECTED = declare(
    Message(
        name="social.connected",
        subject=_("An account was connected with yours"),
        template="spa_auth/mail/social_connected",
        page=social.social_connections_page,
    )
)
DISCONNECTED = declare(
    Message(
        name="social.disconnected",
        subject=_("An account was disconnected from yours"),
        template="spa_auth/mail/social_disconnected",
        page=social.social_connections_page,
    )
)


def tell(message: Message, user: AbstractBaseUser) -> None:
    """Queue a mail to who has connected or disconnected an account, in the same transaction."""
    # What is no address of one person has never been sent anything.
    with suppress(RecipientRefused):
        mail.send(message, user=user, address=email_of(user))
