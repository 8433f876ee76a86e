"""Whose mail somebody reads: proofs of e-mail addresses, and what such a proof throws out.

Who makes an account with somebody else's address waits for its owner to use it (Sudhodanan and
Paverd, "Pre-hijacked accounts", USENIX Security 2022). So the first proof of an address that comes
from anywhere but the account itself ends every way into it that was there before.
"""

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser

from . import events
from .credentials import end_sessions
from .identifiers import canonical_email
from .links import end_all
from .models import Mail
from .people import email_of

Keeper = Callable[[AbstractBaseUser, str], None]
Teller = Callable[[AbstractBaseUser], bool]
Evictor = Callable[[AbstractBaseUser], None]
_keepers: list[Keeper] = []
_tellers: list[Teller] = []
_evictors: list[Evictor] = []


def keep_proofs_by(keep: Keeper, tell: Teller) -> None:
    """Let a room keep which address a user has proved, and tell whether it is the present one."""
    _keepers.append(keep)
    _tellers.append(tell)


def evict_by(evict: Evictor) -> None:
    """Let a room end what else opens a user's account, such as tokens and connected providers."""
    _evictors.append(evict)


def is_proven(user: AbstractBaseUser) -> bool:
    """Tell whether the user has proved the address that is stored for them.

    Answers tell it too. So who stores something asks before: then no query is left that could fail
    when it is done. It is remembered on `user`.
    """
    return any(tell(user) for tell in _tellers)


def prove(user: AbstractBaseUser, address: str) -> None:
    """Keep that this user reads the mail of this address, which is theirs.

    To be called in the transaction of what proves it, with the user's row held, from within the
    account. Raises LinkExpired where somebody else has proved it.
    """
    for keep in _keepers:
        keep(user, address)


def claim(user: AbstractBaseUser, address: str, *, password_follows: bool = False) -> None:
    """Keep a proof that came from outside the account: who made it may have been a squatter.

    Unless the address was proved before, every session ends and the password opens no more, which
    is left to the caller where a new one follows.
    """
    if _tellers and not is_proven(user):
        evict(user, password_follows=password_follows)
    prove(user, address)


def evict(user: AbstractBaseUser, *, password_follows: bool = False) -> None:
    """End every way into an account that is not by mail to its address."""
    end_sessions(user, kept=None)
    end_all(user)
    # A link is made when its mail is sent: of what waits for another address, after this.
    waiting = Mail.objects.filter(user_id=user.pk)
    waiting.exclude(address=canonical_email(email_of(user))).delete()
    if not password_follows:
        _remove_password(user)
    for each in _evictors:
        each(user)


def _remove_password(user: AbstractBaseUser) -> None:
    had_one = user.has_usable_password()
    # Also where there was none: a sign-in that waits for its second factor ends with the change.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    if had_one:
        events.emit(events.PasswordRemoved(user_id=user.pk))
