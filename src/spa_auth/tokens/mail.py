"""What people are told about their API tokens by mail."""

from contextlib import suppress

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from spa_auth.core import mail
from spa_auth.core.messages import Message, declare
from spa_auth.core.people import email_of
from spa_auth.core.recipients import RecipientRefused

from .settings import tokens

CREATED = declare(
    Message(
        name="tokens.created",
        subject=_("New API token for your account"),
        template="spa_auth/mail/token_created",
        page=tokens.tokens_page,
    )
)


def tell_of_creation(user: AbstractBaseUser) -> None:
    """Queue a mail to somebody whose account has a new token, in the same transaction."""
    # What is no address of one person has never been sent anything.
    with suppress(RecipientRefused):
        mail.send(CREATED, user=user, address=email_of(user))
