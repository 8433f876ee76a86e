"""What the user's own row says, for the copy of everything that is held about a person."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.signals import setting_changed
from pydantic import create_model

from spa_auth.core.addresses import is_proven
from spa_auth.core.fields import UnsupportedField, json_type, user_field
from spa_auth.core.settings import core
from spa_auth.core.state import BaseUser, user_answer

from .settings import account

# Of Django's user model, where the project's has them too.
_TIMES = ("date_joined", "last_login")
# Whatever a project lets its front end read: a copy is carried about.
_NEVER = ("password",)


@lru_cache(maxsize=1)
def account_model() -> type[BaseUser]:
    """Return the model of the section: the user, with every field that a setting names."""
    fields: dict[str, Any] = {name: (json_type(user_field(name)), ...) for name in _names()}
    return create_model(
        "ExportedAccount", __base__=BaseUser, __doc__="The account itself.", **fields
    )


def account_of(user: AbstractBaseUser) -> BaseUser:
    """Describe the user's own row."""
    answer = user_answer(user, proven=is_proven(user))
    base = {name: getattr(answer, name) for name in BaseUser.model_fields}
    return account_model()(**base | {name: getattr(user, name) for name in _names()})


def _names() -> list[str]:
    """Return the fields beside those that every user has, each once."""
    times = [name for name in _TIMES if _is_there(name)]
    named = dict.fromkeys([*core.user_fields, *account.profile_fields, *times])
    return [name for name in named if name not in {*BaseUser.model_fields, *_NEVER}]


def _is_there(name: str) -> bool:
    try:
        user_field(name)
    except UnsupportedField:
        return False
    return True


def _forget(*, setting: str, **_: object) -> None:
    if setting in {"SPA_AUTH", "AUTH_USER_MODEL"}:
        account_model.cache_clear()


setting_changed.connect(_forget)
