"""A sign-in that waits for something: a row of the session without user, for ten minutes."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from .boundary import PENDING_KEY
from .csrf import renew_token
from .errors import NotAuthenticated

# A pending sign-in ends after this, whatever happens in between.
PENDING_FOR = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class PendingSignIn:
    """Whose it is, what was proved so far, and the steps of which one must follow."""

    user: AbstractBaseUser
    backend: str
    remember: bool
    proofs: Sequence[Mapping[str, str]]
    next: Sequence[str]
    until: datetime.datetime

    def keep(self, request: HttpRequest) -> None:
        """Put it into the session, under a new key; the caller saves it."""
        request.session.cycle_key()
        request.session.set_expiry(self.until)
        request.session[PENDING_KEY] = {
            "user": key_of(self.user),
            "backend": self.backend,
            "hash": self.user.get_session_auth_hash(),
            "remember": self.remember,
            "proofs": self.proofs,
            "next": self.next,
            "until": self.until.isoformat(),
        }
        request.user = AnonymousUser()
        renew_token(request)


def pending_in(request: HttpRequest) -> PendingSignIn | None:
    """Return the sign-in that waits in this session, if it still counts."""
    kept = request.session.get(PENDING_KEY)
    if kept is None or kept["backend"] not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = auth.load_backend(kept["backend"]).get_user(kept["user"])
    # A changed password and a deactivated user end a pending sign-in, as they end a session.
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    until = datetime.datetime.fromisoformat(kept["until"])
    return PendingSignIn(
        user, kept["backend"], kept["remember"], kept["proofs"], kept["next"], until
    )


def pending_user(request: HttpRequest) -> AbstractBaseUser:
    """Return whose sign-in is pending. Raises NotAuthenticated."""
    pending = pending_in(request)
    if pending is None:
        raise NotAuthenticated
    return pending.user


def key_of(user: AbstractBaseUser) -> str:
    """Return how sessions name a user."""
    return user._meta.pk.value_to_string(user)
