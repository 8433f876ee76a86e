"""Renewing an outdated hash without bringing back a password that was replaced meanwhile.

Django checks a password, hashes it anew and saves that, whatever the row holds by then. Here the
new hash is stored only over the one that was checked (A130).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

_checked: ContextVar[AbstractBaseUser | None] = ContextVar("checked", default=None)


class Renewed(Exception):
    """The row holds a hash that is up to date; the password is to be checked against that."""


@contextmanager
def only_over(user: AbstractBaseUser | None) -> Iterator[None]:
    """Let a renewed hash replace this user's present one only. Raises Renewed in place of it."""
    token = _checked.set(user)
    try:
        yield
    finally:
        _checked.reset(token)


def before_save(
    sender: type[AbstractBaseUser], instance: Any, using: str, update_fields: Any, **_: object
) -> None:
    """Take the place of Django's save of a renewed hash. A receiver of `pre_save`."""
    user = _checked.get()
    if user is None or update_fields != {"password"} or instance != user:
        return
    row = sender._base_manager.using(using).filter(pk=user.pk, password=user.password)
    row.update(password=instance.password)
    raise Renewed
