"""Setting a password: one function for every path that does, and one judgement of it."""

from collections.abc import Callable

from django.contrib.auth import password_validation, update_session_auth_hash
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from .body import field_error
from .caller import session_id
from .csrf import renew_token
from .errors import InvalidBody
from .hooks import add_once
from .known_device import is_known, remember_device

Ender = Callable[[AbstractBaseUser, str | None], None]
_enders: list[Ender] = []


def end_sessions_by(end: Ender) -> None:
    """Let the room that owns the sessions end a user's, all but the one of that public id."""
    add_once(_enders, end)


def end_sessions(user: AbstractBaseUser, *, kept: str | None) -> None:
    """End every session of the user's but the one of that public id."""
    for end in _enders:
        end(user, kept)


def judge_password(password: str, user: AbstractBaseUser, *, field: str) -> None:
    """Ask `AUTH_PASSWORD_VALIDATORS`. Raises InvalidBody, which names `field`."""
    try:
        password_validation.validate_password(password, user)  # type: ignore[arg-type]
    except ValidationError as error:
        errors = [
            field_error(each.code or "invalid", message, _numbers(each))
            for each in error.error_list
            for message in each.messages
        ]
        raise InvalidBody(fields={field: errors}) from None


def store_password(request: HttpRequest, user: AbstractBaseUser, password: str) -> None:
    """Give a user another password, which ends all sessions but the one that asks.

    To be called in the transaction of what it is for, with the user's row held.
    The session that asks goes on under a new key, and a device that was known stays known.
    """
    known = is_known(request, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    end_other_sessions(request, user, known=known)


def end_other_sessions(request: HttpRequest, user: AbstractBaseUser, *, known: bool) -> None:
    """End all sessions of a user but the one that asks, which goes on under a new key.

    For what changes how they sign in; `known` is whether this was a device of theirs before.
    """
    own = request.user.is_authenticated and request.user.pk == user.pk
    end_sessions(user, kept=session_id(request) if own else None)
    if own:
        update_session_auth_hash(request, user)  # type: ignore[arg-type]
        request.user = user  # type: ignore[assignment]
        request.session.save()
        renew_token(request)
    if known:
        remember_device(request, user)


def _numbers(error: ValidationError) -> dict[str, int]:
    return {name: value for name, value in (error.params or {}).items() if isinstance(value, int)}
