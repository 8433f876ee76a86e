"""Whose session it is: Django's checks, on the user that came with the session."""

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from spa_auth.core.joining import reads_plainly

from .engine import SessionStore


def get_user(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Return who is signed in, as `django.contrib.auth.get_user` would, without its query.

    The session of a user who has been deactivated or deleted ends here for good: it does not come
    back with the user (ASVS 7.4.2).
    """
    session = request.session
    if not isinstance(session, SessionStore):
        return auth.get_user(request)
    path: Any = session.get(auth.BACKEND_SESSION_KEY)
    if path not in settings.AUTHENTICATION_BACKENDS:
        return AnonymousUser()
    backend = auth.load_backend(path)
    joined = session.user
    user: AbstractBaseUser | AnonymousUser
    if joined and reads_plainly(backend) and _is_whole(session, joined):
        user = joined if _may_go_on(session, joined, backend) else AnonymousUser()
    else:
        user = _read(request, session)
    # By its class: the row of a guest may call itself anonymous.
    if isinstance(user, AnonymousUser):
        session.flush()
    return user


def _is_whole(session: SessionStore, user: AbstractBaseUser) -> bool:
    """Tell whether Django, too, would find this user, and would check a hash of theirs."""
    same = session.get(auth.SESSION_KEY) == user._meta.pk.value_to_string(user)
    return same and hasattr(user, "get_session_auth_hash")


def _read(request: HttpRequest, session: SessionStore) -> AbstractBaseUser | AnonymousUser:
    """Ask Django, who reads the user anew."""
    with session.store_faults():
        try:
            return auth.get_user(request)
        except ValidationError:  # the stored id is none of this user model's
            return AnonymousUser()


def _may_go_on(session: SessionStore, user: Any, backend: Any) -> bool:
    """Make the checks that Django makes of a user whom it has just read."""
    if not backend.user_can_authenticate(user):
        return False
    stored = session.get(auth.HASH_SESSION_KEY)
    if not stored:
        return False
    current = user.get_session_auth_hash()
    if constant_time_compare(stored, current):
        return True
    if any(constant_time_compare(stored, old) for old in user.get_session_auth_fallback_hash()):
        session.renew_auth_hash(current)
        return True
    return False
