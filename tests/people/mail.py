"""Messages as rooms declare them: what no room of ours sends yet."""

import datetime

from django.utils.translation import gettext_lazy as _

from spa_auth.core.links import Purpose
from spa_auth.core.messages import Message, declare

LINK = declare(
    Message(
        name="sample.link",
        subject=_("Choose a new password"),
        template="people/reset",
        page="/new-password",
        purpose=Purpose(name="sample.link", lifetime=datetime.timedelta(minutes=15)),
        code=False,
    )
)
