"""The audit log: what is written down, what a person reads of it, and how it is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import router, transaction
from django.utils import timezone

from spa_auth.core import events
from spa_auth.core.caller import caller
from spa_auth.core.chunks import delete_until

from . import signals
from .models import Entry

PAGE = 50

# What has a column of its own.
_COLUMNS = ("user_id", "session", "address")


@dataclass(frozen=True)
class Page:
    """Some entries, the newest first, and the id below which the next ones are, if there are."""

    entries: Sequence[Entry]
    next: int | None


def record(event: events.Event, **_: object) -> None:
    """Write down what happened to an account, in the transaction in which it happens.

    What was refused before anybody was named has no row: a stranger could fill the table with
    requests that no limit counts. It is in the log.
    """
    if not events.is_about_somebody(type(event)):
        return
    known = {field.name: getattr(event, field.name) for field in fields(event)}
    by = caller()
    user_id = _text(known["user_id"])
    # Who fails to prove who they are acts as nobody, whoever else is signed in there.
    actor_id = "" if event.outcome == "refused" else _text(by.user_id)
    using = router.db_for_write(Entry)
    entry = Entry.objects.using(using).create(
        at=timezone.now(),
        kind=event.kind,
        outcome=event.outcome,
        user_id=user_id,
        actor_id=actor_id if actor_id != user_id else "",
        session=known.get("session") or by.session or "",
        address=by.address,
        user_agent=by.user_agent,
        details={name: value for name, value in known.items() if name not in _COLUMNS},
    )
    told = partial(signals.recorded.send_robust, sender=Entry, entry=entry)
    transaction.on_commit(told, using=using)


def page_of(user: AbstractBaseUser, *, kinds: Sequence[str], before: int | None) -> Page:
    """Return what happened to the user's account, at most `PAGE` entries older than `before`.

    Of these kinds alone: a room that was taken out has left some that the contract does not know.
    """
    found = Entry.objects.filter(user_id=_text(user.pk), kind__in=kinds).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    entries = list(found[: PAGE + 1])
    if len(entries) <= PAGE:
        return Page(entries, None)
    return Page(entries[:PAGE], entries[PAGE - 1].pk)


def everything_of(user: AbstractBaseUser) -> Sequence[Entry]:
    """Return all that is written down about the user's account, the newest first."""
    return list(Entry.objects.filter(user_id=_text(user.pk)).order_by("-id"))


def forget(*, older_than: timedelta) -> int:
    """Delete the entries of that age, in chunks; return how many."""
    stored = Entry.objects.using(router.db_for_write(Entry))
    return delete_until(stored, "at", timezone.now() - older_than)


def _text(user_id: Any) -> str:
    """Write a primary key of any type as SessionState writes it."""
    return "" if user_id is None else str(user_id)
