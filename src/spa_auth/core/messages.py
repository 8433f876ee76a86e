"""What is mailed: each kind of message is declared once, and written when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from .deployment import current
from .errors import type_text
from .links import Purpose, issue
from .secrets import HiddenText


@dataclass(frozen=True, kw_only=True)
class Message:
    """A kind of mail with a link to a page of the front end.

    `name` is unique among all rooms, and what an outbox names it by. `template` names two templates
    without their endings, `.txt` and `.html`: they extend `spa_auth/mail/base.*`, and a project
    overrides them as any template. `page` is a path. With a `purpose` the link carries a token,
    and a code goes with it; without one the mail only tells, and opens nothing.
    """

    name: str
    subject: type_text
    template: str
    page: str
    purpose: Purpose | None = None


_declared: dict[str, Message] = {}


def declare(message: Message) -> Message:
    """Make a kind of message known to every process. Raises ValueError where the name is taken."""
    if _declared.setdefault(message.name, message) != message:
        raise ValueError(f"There are two messages named {message.name!r}.")
    return message


def get_message(name: str) -> Message:
    """Return the message of this name. Raises KeyError where no installed room declares it."""
    return _declared[name]


def compose(
    message: Message, user: AbstractBaseUser, *, address: str, language: str, at: datetime
) -> EmailMultiAlternatives:
    """Write the mail to this user at this address; `at` is when what it is about happened.

    A new link and code end those of the mail before. No word of it comes from a person or a
    request: the address of the page is the deployment's, whatever `Host` a request had.
    """
    page = f"{current().origins[0]}{message.page}"
    context: dict[str, object] = {"link": page, "at": at}
    if message.purpose:
        issued = issue(message.purpose, user, address=address)
        minutes = int(message.purpose.lifetime.total_seconds() // 60)
        link = HiddenText(f"{page}#token={issued.token}")
        context |= {"link": link, "code": issued.code, "minutes": minutes}
    with translation.override(language):
        return _written(message, context, address=address)


def _written(
    message: Message, known: Mapping[str, object], *, address: str
) -> EmailMultiAlternatives:
    subject = str(message.subject)
    context = {
        **known,
        "subject": subject,
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    text = HiddenText(render_to_string(f"{message.template}.txt", context).strip() + "\n")
    mail = EmailMultiAlternatives(
        subject, text, to=[address], headers=_headers(settings.DEFAULT_FROM_EMAIL)
    )
    mail.attach_alternative(render_to_string(f"{message.template}.html", context), "text/html")
    return mail


def _headers(sender: str) -> dict[str, str]:
    """Return headers that stop automatic answers (RFC 3834), and name no machine of ours."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return {"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=domain)}
