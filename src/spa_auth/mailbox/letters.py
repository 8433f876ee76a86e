"""The mails in the folder of Django's file backend, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.core.mail.backends.filebased import EmailBackend

from spa_auth.core.outbox import mail_connection

# More than anybody looks at.
MOST = 200
# What the backend writes after each message.
_END = b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Letter:
    """One mail. `name` is that of its file."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """Return the subject."""
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        """Return the address that it went to."""
        return str(self.message["To"])

    @property
    def sent(self) -> datetime:
        """Return when it was sent, in UTC."""
        when: datetime = self.message["Date"].datetime
        return when

    @property
    def text(self) -> str:
        """Return what mail readers without HTML show."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """Return what other mail readers show; empty where there is none."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        content: str = part.get_content() if part else ""
        return content


def letters() -> list[Letter]:
    """Return the newest mails, at most `MOST`."""
    return [letter for path in _files()[:MOST] for letter in _read(path)]


def letter_called(name: str) -> Letter | None:
    """Return one mail; None where there is none of this name."""
    path = {path.name: path for path in _files()}.get(name)
    return next(_read(path), None) if path else None


def folder() -> Path | None:
    """Return where mail is written; None where it goes elsewhere."""
    connection = mail_connection()
    return Path(connection.file_path) if isinstance(connection, EmailBackend) else None


def _files() -> list[Path]:
    where = folder()
    # The names begin with the time.
    return sorted(where.glob("*.log"), reverse=True) if where else []


def _read(path: Path) -> Iterator[Letter]:
    # One per file: each is sent over a connection of its own.
    raw = path.read_bytes().removesuffix(_END)
    if raw:  # a file that is being written may be empty
        yield Letter(path.name, BytesParser(EmailMessage, policy=policy.default).parsebytes(raw))
