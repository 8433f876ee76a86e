"""The mail that people get, and the links and codes in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.core import mail as django_mail
from django.test.utils import TestContextDecorator

from spa_auth.core import mail, outbox
from spa_auth.core.identifiers import canonical_email
from spa_auth.core.models import Mail

_LINK = re.compile(r"https?://\S+")
_TOKEN = re.compile(r"#token=([\w-]+)")
_CODE = re.compile(r"(?<![\w-])\d{6}(?![\w-])")


@dataclass(frozen=True)
class CapturedMail:
    """One mail. What it has not got raises AssertionError when it is asked for."""

    to: Sequence[str]
    subject: str
    text: str
    html: str

    @property
    def link(self) -> str:
        """The address of the page, with the token if there is one."""
        links = _LINK.findall(self.text)
        opening = [link for link in links if _TOKEN.search(link)]
        return self._first(opening or links, "link")

    @property
    def token(self) -> str:
        """What the page of the link posts."""
        return self._first(_TOKEN.findall(self.text), "token")

    @property
    def code(self) -> str:
        """The six digits that people may type instead."""
        return self._first(_CODE.findall(_LINK.sub("", self.text)), "code")

    def _first(self, found: Sequence[str], what: str) -> str:
        if not found:
            raise AssertionError(f"The mail {self.subject!r} has no {what}:\n{self.text}")
        return found[0]


class Mails:
    """What was mailed in this test. What is queued is sent first, whatever `MAIL_BY` says."""

    def all(self, *, to: str | None = None) -> Sequence[CapturedMail]:
        """Return every mail, or those to one address, the oldest first."""
        self._deliver()
        found = [_captured(each) for each in django_mail.outbox]
        if to is None:
            return found
        wanted = canonical_email(to)
        return [each for each in found if wanted in map(canonical_email, each.to)]

    def last(self, *, to: str | None = None) -> CapturedMail:
        """Return the newest one. Raises AssertionError, which says what there is."""
        found = self.all(to=to)
        if not found:
            raise AssertionError(self._nothing(to))
        return found[-1]

    def clear(self) -> None:
        """Forget what was sent so far."""
        self._deliver()
        django_mail.outbox.clear()

    def _deliver(self) -> None:
        if not hasattr(django_mail, "outbox"):
            raise AssertionError("There is no box for mail: only a test runner makes one.")
        outbox.deliver_due()

    def _nothing(self, to: str | None) -> str:
        others = ", ".join(f"{each.subject!r} to {each.to[0]}" for each in self.all()) or "none"
        failed = ", ".join(
            f"{each.message} to {each.address} ({each.error})"
            for each in Mail.objects.exclude(error="")
        )
        whose = "" if to is None else f" to {to}"
        return f"No mail{whose} was sent. Sent: {others}. Failed: {failed or 'none'}."


mails = Mails()


class held_mails(TestContextDecorator):  # noqa: N801 - as `override_settings` is named
    """Let no thread and no task send mail meanwhile: it waits until the test reads it.

    For tests that commit, such as Django's `TransactionTestCase`; in others none is sent anyway.
    A context manager, and a decorator of functions and test cases; gives `mails`.
    """

    def __enter__(self) -> Mails:  # type: ignore[override]
        return self.enable()

    def enable(self) -> Mails:
        """Hold the mail."""
        self._held = [
            mock.patch.object(mail._sender, "wake", _nothing),
            mock.patch.object(mail, "_enqueue", _nothing),
        ]
        for each in self._held:
            each.start()
        return mails

    def disable(self) -> None:
        """Let it go."""
        for each in self._held:
            each.stop()


def _nothing(*_: object) -> None:
    """Leave it to the test."""


def _captured(message: Any) -> CapturedMail:
    html = [str(part) for part, kind in getattr(message, "alternatives", []) if kind == "text/html"]
    return CapturedMail(
        to=tuple(message.to),
        subject=str(message.subject),
        text=str(message.body),
        html=html[0] if html else "",
    )
