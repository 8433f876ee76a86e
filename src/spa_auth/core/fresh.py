"""Fresh proofs: what is dangerous in other hands asks who is there, though they are signed in.

An endpoint declares it with `fresh=True`. The front end then asks for one of the ways that are
open, and sends its request again. The session stays the same one, under a new key.
"""

import datetime
from collections.abc import Callable, Sequence

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.base import UpdateError
from django.db import router, transaction
from django.http import HttpRequest
from django.utils import timezone

from . import events
from .caller import is_of_session
from .csrf import renew_token
from .errors import InvalidCredentials, NotAuthenticated, ReauthenticationRequired
from .hooks import add_once
from .known_device import is_known, remember_device
from .limits import reservation_of
from .login import Proof, confirm, entry_of, forget_session, get_user
from .settings import core
from .state import PROOFS_KEY

Ways = Callable[[AbstractBaseUser], Sequence[str]]
_ways: list[Ways] = []


def offer_ways(ways: Ways) -> None:
    """Let a room name the ways in which a user can prove again who they are: "password"."""
    add_once(_ways, ways)


def ways_of(user: AbstractBaseUser) -> list[str]:
    """Return the ways that are open to a user."""
    return [way for ways in _ways for way in ways(user)]


def require_fresh(request: HttpRequest) -> None:
    """Raise ReauthenticationRequired, with the ways that are open, unless a proof is fresh."""
    if not is_fresh(request):
        raise ReauthenticationRequired(ways=ways_of(get_user(request)))


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether who is signed in has proved it within `FRESH_MINUTES`.

    Sessions that others made with `auth.login()` have no proofs, and are never fresh. Nor is whom
    something else than the session has made `request.user`.
    """
    proofs = request.session.get(PROOFS_KEY)
    if not proofs or not is_of_session(request):
        return False
    age = timezone.now() - datetime.datetime.fromisoformat(proofs[-1]["at"])
    return datetime.timedelta() <= age <= datetime.timedelta(minutes=core.fresh_minutes)


def method_of(request: HttpRequest) -> str:
    """Return the method of the last proof of who is signed in, which is fresh."""
    method: str = request.session[PROOFS_KEY][-1]["method"]
    return method


def renew(request: HttpRequest, proof: Proof) -> None:
    """Add a proof to the session of who is signed in, under a new key (ASVS 7.2.4).

    Raises InvalidCredentials where it is somebody else's, or does not count any more, and
    NotAuthenticated where the session has ended while it was checked.
    """
    user = get_user(request)
    try:
        with transaction.atomic(), transaction.atomic(using=_users(user), savepoint=False):
            if proof.user.pk != user.pk:
                raise InvalidCredentials
            confirm(proof)
            _add(request, proof)
            _take_over(request, proof.user)
            request.session.cycle_key()
            request.session.save()
            renew_token(request)
            events.emit(events.Reauthenticated(user_id=user.pk, method=proof.method))
            reservation_of(request).refund()
    except UpdateError:
        forget_session(request)
        raise NotAuthenticated from None


def _add(request: HttpRequest, proof: Proof) -> None:
    # The first one is that of the sign-in, by which the session stays the same one. Of the others
    # the last of each kind is enough: a session that lives for months must not grow.
    first, *others = request.session.get(PROOFS_KEY) or [entry_of(proof)]
    others = [each for each in others if each["method"] != proof.method]
    request.session[PROOFS_KEY] = [first, *others, entry_of(proof)]


def _take_over(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Sign the session with the password as it is stored by now: the check may have renewed it."""
    if is_known(request, get_user(request)):
        remember_device(request, user)
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request.user = user  # type: ignore[assignment]


def _users(user: AbstractBaseUser) -> str:
    return router.db_for_write(type(user))
