"""What the audit room answers: what happened to one's own account."""

import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from pydantic import Field, StringConstraints, create_model

from spa_auth.core import devices, events, login
from spa_auth.core.body import Answer
from spa_auth.core.caller import session_id
from spa_auth.core.endpoint import endpoint
from spa_auth.core.export import add_section
from spa_auth.core.query import Query

from . import flow
from .models import Entry


class ActivityQuery(Query):
    """Where a page begins."""

    # Eighteen digits: every database can compare them.
    before: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,17}$")] = Field(
        "", description="`next` of the page before: only what is older is listed."
    )


class BaseActivityEntry(Answer):
    """Something that happened to the account. What somebody else did comes without their device."""

    id: str
    at: datetime.datetime
    address: str | None
    device: devices.Device
    current: bool = Field(description="Whether it was done in this session.")
    outcome: events.Outcome


class BaseActivity(Answer):
    """A page of what happened, the newest first; `next` is null on the last one."""

    next: str | None


def activity_model() -> type[BaseActivity]:
    """Return the model of a page."""
    return _models(tuple(events.kinds()))[0]


@endpoint("GET", "activity", query=ActivityQuery, returns=activity_model, needs_session=True)
def activity(request: HttpRequest, query: ActivityQuery) -> BaseActivity:
    """List what happened to your account, the newest first, fifty at a time."""
    kinds = tuple(events.kinds())
    before = int(query.before) if query.before else None
    page = flow.page_of(login.get_user(request), kinds=kinds, before=before)
    page_model, entry_model = _models(kinds)
    current = session_id(request)
    return page_model(  # type: ignore[call-arg]
        entries=[entry_model(**_described(entry, current)) for entry in page.entries],
        next=str(page.next) if page.next else None,
    )


class ExportedEntry(Answer):
    """All that is written down about one thing that happened.

    What somebody else did comes without their address, device and session.
    """

    id: str
    at: datetime.datetime
    kind: str
    outcome: str
    by_somebody_else: bool
    address: str | None
    user_agent: str
    session: str | None
    details: dict[str, Any]


def exported(user: AbstractBaseUser) -> list[ExportedEntry]:
    """Return what is held about a person in the log, also by rooms that are not here any more."""
    return [_exported(entry) for entry in flow.everything_of(user)]


def _exported(entry: Entry) -> ExportedEntry:
    own = not entry.actor_id
    return ExportedEntry(
        id=str(entry.pk),
        at=entry.at,
        kind=entry.kind,
        outcome=entry.outcome,
        by_somebody_else=not own,
        address=entry.address if own else None,
        user_agent=entry.user_agent if own else "",
        session=(entry.session or None) if own else None,
        details=entry.details,
    )


@lru_cache(maxsize=1)
def _models(kinds: tuple[str, ...]) -> tuple[type[BaseActivity], type[BaseActivityEntry]]:
    """Return the models of a page and of its entries, for the kinds of the installed rooms."""
    kind: Any = Literal[kinds]
    entry = create_model(
        "ActivityEntry", __base__=BaseActivityEntry, __doc__=BaseActivityEntry.__doc__, kind=kind
    )
    entries: Any = list[entry]
    page = create_model(
        "Activity", __base__=BaseActivity, __doc__=BaseActivity.__doc__, entries=entries
    )
    return page, entry


def _described(entry: Entry, current: str | None) -> dict[str, Any]:
    # An operator's address and device are no business of the person whose account it is.
    own = not entry.actor_id
    return {
        "id": str(entry.pk),
        "kind": entry.kind,
        "at": entry.at,
        "address": entry.address if own else None,
        "device": devices.describe(entry.user_agent if own else ""),
        "current": bool(current) and entry.session == current,
        "outcome": entry.outcome,
    }


add_section("activity", lambda: list[ExportedEntry], exported)
