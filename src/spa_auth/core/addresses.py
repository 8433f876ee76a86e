"""Whose mail somebody reads: proofs of e-mail addresses, and what such a proof throws out.

Who makes an account with somebody else's address waits for its owner to use it (Sudhodanan and
Paverd, "Pre-hijacked accounts", USENIX Security 2022). So the first proof of an address that comes
from anywhere but the account itself ends every way into it that was there before.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from . import events
from .credentials import end_sessions
from .hooks import add_once
from .identifiers import canonical_email
from .links import Proven, end_all
from .models import Mail
from .people import email_of

# The part of the session that holds the address that is known to be proved.
PROVEN_KEY = "_spa_auth_proven"
# Not to be asked again for this request; somewhere else it may be proved at any time.
_UNPROVEN = "_spa_auth_unproven"

Keeper = Callable[[AbstractBaseUser, str], None]
Teller = Callable[[AbstractBaseUser], bool]
Evictor = Callable[[AbstractBaseUser], None]
_keepers: list[Keeper] = []
_tellers: list[Teller] = []
_evictors: list[Evictor] = []


def keep_proofs_by(keep: Keeper, tell: Teller) -> None:
    """Let a room keep which address a user has proved, and tell whether it is the present one."""
    add_once(_keepers, keep)
    add_once(_tellers, tell)


def evict_by(evict: Evictor) -> None:
    """Let a room end what else opens a user's account, such as tokens and connected providers."""
    add_once(_evictors, evict)


def are_kept() -> bool:
    """Tell whether a room keeps proofs; otherwise `is_proven` says nothing about anybody."""
    return bool(_tellers)


def is_proven(user: AbstractBaseUser) -> bool:
    """Tell whether the user has proved the address that is stored for them."""
    return any(tell(user) for tell in _tellers)


def is_proven_here(request: HttpRequest) -> bool:
    """Tell the same of who is signed in, whose session may know it: then nothing is asked."""
    user: Any = request.user
    address = canonical_email(email_of(user))
    if request.session.get(PROVEN_KEY) == address != "":
        return True
    if getattr(request, _UNPROVEN, None) == address:
        return False
    if is_proven(user):
        return True
    setattr(request, _UNPROVEN, address)
    return False


def note_proof(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Let the session of a user know whether their address is proved; the caller saves it.

    A proof is not lost while the address stays the same.
    """
    address = canonical_email(email_of(user))
    if is_proven(user):
        request.session[PROVEN_KEY] = address
    else:
        setattr(request, _UNPROVEN, address)


def prove(user: AbstractBaseUser, address: str) -> None:
    """Keep that this user reads the mail of this address, which is theirs.

    To be called in the transaction of what proves it, with the user's row held, from within the
    account. Raises LinkExpired where somebody else has proved it.
    """
    for keep in _keepers:
        keep(user, address)


def claim(user: AbstractBaseUser, address: str, *, password_follows: bool = False) -> bool:
    """Keep a proof that came from outside the account: who made it may have been a squatter.

    Unless the address was proved before, every session ends, also that of who proves it, and the
    password opens no more, which is left to the caller where a new one follows. Returns whether
    that was so.
    """
    first = are_kept() and not is_proven(user)
    if first:
        evict(user, password_follows=password_follows)
    prove(user, address)
    return first


def evict(
    user: AbstractBaseUser, *, password_follows: bool = False, by: Proven | None = None
) -> None:
    """End every way into an account that is not by mail to its address.

    Where a link does it, what was mailed about something earlier stays: an intruder who has used
    one of their own must not end that of the owner.
    """
    end_sessions(user, kept=None)
    end_all(user, by=by)
    # A link is made when its mail is sent: of what waits for another address, after this.
    waiting = Mail.objects.filter(user_id=user.pk)
    if by is not None:
        waiting = waiting.filter(created_at__gt=by.secret.asked_at)
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
