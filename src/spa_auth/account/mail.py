"""What the account room writes to people."""

import datetime

from django.utils.translation import gettext_lazy as _

from spa_auth.core import mail
from spa_auth.core.links import Purpose
from spa_auth.core.messages import Message, declare
from spa_auth.core.settings import core

from .settings import account

SIGN_UP = Purpose(
    name="account.sign_up", lifetime=datetime.timedelta(minutes=account.sign_up_minutes)
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


def send_sign_up(address: str) -> None:
    """Queue the mail that a stranger asks for; who has the address is looked up when it is sent."""
    mail.send(SIGN_UP_ASKED, user=None, address=address)
