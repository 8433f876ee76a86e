"""What core holds about a person, for the copy of it: mail that waits, and what was mailed."""

import datetime

from django.contrib.auth.models import AbstractBaseUser

from .body import Answer
from .export import add_section
from .models import Mail, Secret


class HeldMail(Answer):
    """A mail that is not sent yet, or was given up; one that is sent is not kept."""

    message: str
    address: str
    language: str
    created_at: datetime.datetime


class HeldLink(Answer):
    """That a link was mailed, what for and whereto; the link itself is not kept."""

    purpose: str
    address: str
    expires_at: datetime.datetime
    used_at: datetime.datetime | None


def mails_of(user: AbstractBaseUser) -> list[HeldMail]:
    """Return the mails to a user that wait."""
    names = tuple(HeldMail.model_fields)
    found = Mail.objects.filter(user_id=user.pk).order_by("pk").values(*names)
    return [HeldMail(**row) for row in found]


def links_of(user: AbstractBaseUser) -> list[HeldLink]:
    """Return the links that were mailed to a user, until they are cleaned away."""
    names = tuple(HeldLink.model_fields)
    found = Secret.objects.filter(user_id=user.pk).order_by("pk").values(*names)
    return [HeldLink(**row) for row in found]


add_section("mails", lambda: list[HeldMail], mails_of)
add_section("links", lambda: list[HeldLink], links_of)
