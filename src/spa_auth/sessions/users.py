"""Whose session it is: Django's checks, on the user that came with the session."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from .engine import SessionStore


def get_user(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Return who is signed in, as `django.contrib.auth.get_user` would, without its query.

    The session of a user who has been deactivated or deleted ends here for good: it does not come
    back with the user (ASVS 7.4.2).
    """
    session = request.session
    if not isinstance(session, SessionStore):
        return auth.get_user(request)
    joined = _verified(session)
    if joined is not None:
        return joined
    with session.store_faults():
        user = auth.get_user(request)
    known = session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    if user.is_anonymous and known:
        session.flush()
    return user


def _verified(session: SessionStore) -> AbstractBaseUser | None:
    """Return the joined user if every check of Django's passes; None leaves it to Django."""
    path = session.get(auth.BACKEND_SESSION_KEY)
    user = session.user
    if user is None or path is None or path not in settings.AUTHENTICATION_BACKENDS:
        return None
    backend = auth.load_backend(path)
    if not isinstance(backend, ModelBackend):
        return None
    if type(backend).get_user is not ModelBackend.get_user:
        return None
    if session.get(auth.SESSION_KEY) != user._meta.pk.value_to_string(user):
        return None
    if not backend.user_can_authenticate(user):  # type: ignore[arg-type]
        return None
    stored = session.get(auth.HASH_SESSION_KEY) or ""
    # A hash under an older SECRET_KEY is Django's to accept and to renew.
    return user if constant_time_compare(stored, user.get_session_auth_hash()) else None
