"""What is mailed: each kind of message is declared once, and written when it is sent."""

import datetime
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import make_msgid, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from .deployment import current
from .errors import type_text
from .links import Issued, Purpose, issue
from .secrets import HiddenText

# Of lines of text: below the 78 of RFC 5322, section 2.1.1, with room to be quoted.
_WIDTH = 72


@dataclass(frozen=True, kw_only=True)
class Message:
    """A kind of mail with a link to a page of the front end.

    `name` is unique among all rooms, and what an outbox names it by. `template` names two templates
    without their endings, `.txt` and `.html`: they extend `spa_auth/mail/base.*`, and a project
    overrides them as any template. `page` is a path, None for a mail that is only read. With a
    `purpose` the link carries a token, and unless `code` is False a code goes with it; without one
    the mail only tells, and opens nothing.
    `addressee` finds who has an address, where a stranger asks for the mail. `taken` is what is
    sent instead where the address must be nobody's and somebody has it. Both are decided when the
    mail is sent, so that no answer can depend on it.
    A `farewell` goes to people who are inactive by then, and without a `purpose` also to an address
    whose owner is gone: it is sent where `user` is None.
    """

    name: str
    subject: type_text
    template: str
    page: str | None
    purpose: Purpose | None = None
    code: bool = True
    addressee: Callable[[str], AbstractBaseUser | None] | None = None
    taken: "Message | None" = None
    farewell: bool = False


_declared: dict[str, Message] = {}


def declare(message: Message) -> Message:
    """Make a kind of message known to every process. Raises ValueError where the name is taken."""
    if _declared.setdefault(message.name, message) != message:
        raise ValueError(f"There are two messages named {message.name!r}.")
    return message


def get_message(name: str) -> Message:
    """Return the message of this name. Raises KeyError where no installed room declares it."""
    return _declared[name]


def declared() -> list[Message]:
    """Return every kind of message of the installed apps, by name."""
    return sorted(_declared.values(), key=lambda message: message.name)


def compose(
    message: Message,
    user: AbstractBaseUser | None,
    *,
    address: str,
    language: str,
    at: datetime.datetime,
) -> EmailMultiAlternatives:
    """Write the mail to this user at this address; `at` is when what it is about happened.

    `user` is None for an address that is nobody's yet. A new link and code end those of the mail
    before. No word of it comes from a person or a request: the address of the page is the
    deployment's, whatever `Host` a request had.
    """
    issued = issue(message.purpose, user, address=address, at=at) if message.purpose else None
    origin = current().origins[0]
    with translation.override(language):
        return _written(message, issued, address=address, origin=origin, at=at)


def preview(message: Message, *, language: str) -> EmailMultiAlternatives:
    """Write a mail of this kind to nobody. Its link, code and time are made up, always the same."""
    # "What you read here opens nothing", as long as a token is.
    token = HiddenText("V2hhdCB5b3UgcmVhZCBoZXJlIG9wZW5zIG5vdGhpbmc")
    issued = Issued(token=token, code=HiddenText("314159")) if message.purpose else None
    with translation.override(language):
        return _written(
            message,
            issued,
            address="somebody@example.com",
            origin="https://app.example.com",
            at=datetime.datetime(2026, 1, 31, 15, 4, tzinfo=datetime.UTC),
        )


def _written(
    message: Message, issued: Issued | None, *, address: str, origin: str, at: datetime.datetime
) -> EmailMultiAlternatives:
    subject = str(message.subject)
    context: dict[str, object] = {
        "subject": subject,
        "link": None if message.page is None else f"{origin}{message.page}",
        "origin": origin,
        "site": urlsplit(origin).netloc,
        "at": at,
        "language": translation.get_language(),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    if message.purpose and issued:
        if message.page is not None:
            context["link"] = HiddenText(f"{origin}{message.page}#token={issued.token}")
        minutes = int(message.purpose.lifetime.total_seconds() // 60)
        # People count what is long in days.
        context["days"], rest = divmod(minutes, 24 * 60)
        context["minutes"] = minutes if rest or not minutes else None
        context["until"] = at + message.purpose.lifetime
        if message.code:
            context["code"] = issued.code
    text = HiddenText(_tidied(render_to_string(f"{message.template}.txt", context)))
    # What mail readers show beside the subject.
    context["preheader"] = " ".join(text.partition("\n\n")[0].split())
    html = HiddenText(render_to_string(f"{message.template}.html", context))
    headers = _headers(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMultiAlternatives(subject, text, to=[address], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


def _tidied(text: str) -> str:
    """Wrap what is too long for a line, except where that would break an address."""
    lines = [
        textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    ]
    # Blocks that say nothing leave empty lines.
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _headers(sender: str) -> dict[str, str]:
    """Return headers that stop automatic answers (RFC 3834), and name no machine of ours."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return {"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=domain)}
