"""Facts that other code may react to. What must happen is a call, what may happen is an event."""

import datetime
import logging
import re
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, ClassVar, Literal

from django.db import transaction
from django.dispatch import Signal

# Sent with `event=`, inside the transaction of what it reports: a receiver that fails undoes it.
recorded = Signal()
# Sent with `event=`, after the commit: a receiver that fails is logged and changes nothing.
notified = Signal()

logger = logging.getLogger("spa_auth")
security_logger = logging.getLogger("spa_auth.security")


Outcome = Literal["done", "pending", "refused"]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. Events carry no secret.

    `kind` is the stable name of what happened, `outcome` how it ended. What names no kind is called
    as its class is: `ProfileChanged` is `profile_changed`. An event with a `user_id` is about that
    person's account, and what the audit room writes down.
    """

    kind: ClassVar[str]
    outcome: ClassVar[Outcome] = "done"

    def __init_subclass__(cls) -> None:
        if "kind" not in vars(cls):
            cls.kind = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        _declared.append(cls)


# Every kind of event, in the order of their import.
_declared: list[type[Event]] = []


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """An authenticated session was made."""

    kind = "sign_in"

    user_id: Any
    proofs: tuple[str, ...]
    address: str | None
    # Whether the browser brought no proof of an earlier sign-in of this user, who has had one.
    new_device: bool = False


@dataclass(frozen=True, kw_only=True)
class SignInPending(Event):
    """Something was proved, and `next` names the steps of which one must follow."""

    kind = "sign_in"
    outcome = "pending"

    user_id: Any
    proofs: tuple[str, ...]
    next: tuple[str, ...]
    address: str | None


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """A person ended their own session: that of the public id `session`, where there are such."""

    kind = "sign_out"

    user_id: Any
    session: str | None = None
    address: str | None


@dataclass(frozen=True, kw_only=True)
class SessionsRevoked(Event):
    """Sessions of a user were ended from elsewhere: by the person, or by an operator."""

    user_id: Any
    public_ids: tuple[str, ...]
    address: str | None


@dataclass(frozen=True, kw_only=True)
class SignInRefused(Event):
    """A proof was wrong, or did not count any more.

    What was typed is not kept: people type passwords into the wrong field. `user_id` is None where
    no account was found.
    """

    kind = "sign_in"
    outcome = "refused"

    user_id: Any = None
    method: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class Reauthenticated(Event):
    """Who is signed in has proved it again."""

    kind = "reauthentication"

    user_id: Any
    method: str


@dataclass(frozen=True, kw_only=True)
class ReauthenticationRefused(Event):
    """Who is signed in could not prove it again."""

    kind = "reauthentication"
    outcome = "refused"

    user_id: Any
    method: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A person has another password. `by` is how they proved who they are: "password", "email"."""

    user_id: Any
    by: str


@dataclass(frozen=True, kw_only=True)
class SignedUp(Event):
    """Somebody has made an account."""

    kind = "sign_up"

    user_id: Any
    address: str | None


@dataclass(frozen=True, kw_only=True)
class EmailVerified(Event):
    """A person has proved that they read the mail of their address."""

    user_id: Any


@dataclass(frozen=True, kw_only=True)
class EmailChangeAsked(Event):
    """A person wants another address, which has to prove itself first."""

    kind = "email_change"
    outcome = "pending"

    user_id: Any


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Event):
    """A person has another address: the one that they asked for, or the old one again.

    `by` is "person", or "undo" for the link that the old address had.
    """

    kind = "email_change"

    user_id: Any
    by: Literal["person", "undo"]


@dataclass(frozen=True, kw_only=True)
class PasswordRemoved(Event):
    """Nobody who has proved the account's address had chosen its password: it opens no more."""

    user_id: Any


@dataclass(frozen=True, kw_only=True)
class TokenCreated(Event):
    """A person made an API token; `expires_at` is None for one that does not expire."""

    user_id: Any
    public_id: str
    abilities: tuple[str, ...]
    expires_at: datetime.datetime | None


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    """API tokens were ended: by the person, by an operator, or with what made them doubtful."""

    user_id: Any
    public_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MailRequested(Event):
    """Somebody asked for a mail; its address may be nobody's, where nobody has looked yet."""

    message: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """A person changed fields of their own profile."""

    user_id: Any
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccountDeletionRequested(Event):
    """A person is deleting their account, which is inactive from now on and goes at `due_at`."""

    user_id: Any
    due_at: datetime.datetime


@dataclass(frozen=True, kw_only=True)
class AccountRestored(Event):
    """A person came back by the mailed link before their account was deleted."""

    user_id: Any


@dataclass(frozen=True, kw_only=True)
class AccountDeleted(Event):
    """An account is being deleted: its row is still there while this is recorded, and then gone."""

    user_id: Any


@dataclass(frozen=True, kw_only=True)
class AccountExported(Event):
    """A person took a copy of everything that is held about them."""

    user_id: Any


@dataclass(frozen=True, kw_only=True)
class SocialSignInBegun(Event):
    """Somebody is on the way to a provider; who it is nobody knows yet."""

    provider: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class SocialConnectBegun(Event):
    """A person is on the way to a provider, to connect an account there with theirs."""

    kind = "social_connect"
    outcome = "pending"

    user_id: Any
    provider: str


@dataclass(frozen=True, kw_only=True)
class SocialConnected(Event):
    """An account at a provider opens a person's account from now on.

    `by` is "person" for who asked for it when signed in, and "sign_in" for the first sign-in.
    """

    kind = "social_connect"

    user_id: Any
    provider: str
    by: Literal["person", "sign_in"]


@dataclass(frozen=True, kw_only=True)
class SocialDisconnected(Event):
    """An account at a provider opens a person's account no more.

    `by` is "person", "operator", or "proof" where somebody else has proved the account's address.
    """

    kind = "social_disconnect"

    user_id: Any
    provider: str
    by: Literal["person", "operator", "proof"]


@dataclass(frozen=True, kw_only=True)
class RequestRefused(Event):
    """A request was refused at the boundary: where it came from, its token or its cookies."""

    outcome = "refused"

    code: str
    path: str
    address: str | None


def is_about_somebody(kind: type[Event]) -> bool:
    """Tell whether such events are about a person's account."""
    return any(field.name == "user_id" for field in fields(kind))


def about_somebody() -> list[type[Event]]:
    """Return what can happen to an account, as far as the installed rooms know."""
    return [declared for declared in _declared if is_about_somebody(declared)]


def kinds() -> list[str]:
    """Return the names of what can happen to an account, sorted."""
    return sorted({declared.kind for declared in about_somebody()})


def is_recorded(kind: type[Event]) -> bool:
    """Tell whether a receiver of `recorded` writes down such events, in the same transaction."""
    return recorded.has_listeners(kind)


def emit(event: Event) -> None:
    """Record the event now, notify after the commit, and write one log line.

    Raises what a receiver of `recorded` raises.
    """
    recorded.send(type(event), event=event)
    # Outside a transaction nothing is opened for it: most refusals never touch the database.
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(partial(_notify, event), robust=True)
    else:
        _notify(event)
    log = security_logger.warning if event.outcome == "refused" else security_logger.info
    # %r escapes line breaks and control characters: a path cannot forge a second line.
    log("%s %s", type(event).__name__, {f.name: getattr(event, f.name) for f in fields(event)})


def _notify(event: Event) -> None:
    for receiver, outcome in notified.send_robust(type(event), event=event):
        if isinstance(outcome, Exception):
            logger.error("%r failed on %s", receiver, type(event).__name__, exc_info=outcome)
