"""The shape of a profile: the project's chosen fields of its user model, with their limits."""

from functools import lru_cache
from typing import Annotated, Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.signals import setting_changed
from pydantic import Field, StringConstraints, create_model

from spa_auth.core.body import Answer, Body
from spa_auth.core.fields import json_type, user_field

from .settings import account


class BaseProfile(Answer):
    """What a person may change about themselves."""


class BaseProfileChange(Body):
    """The fields to change; those left out stay as they are."""


@lru_cache(maxsize=1)
def profile_model() -> type[BaseProfile]:
    """Return the model of the answer."""
    fields: dict[str, Any] = {
        name: (json_type(user_field(name)), ...) for name in account.profile_fields
    }
    return create_model("Profile", __base__=BaseProfile, __doc__=BaseProfile.__doc__, **fields)


@lru_cache(maxsize=1)
def profile_change_model() -> type[BaseProfileChange]:
    """Return the model of the change: every field may be left out, none may be null unasked."""
    fields: dict[str, Any] = {name: _optional(name) for name in account.profile_fields}
    return create_model(
        "ProfileChange", __base__=BaseProfileChange, __doc__=BaseProfileChange.__doc__, **fields
    )


def profile_of(user: AbstractBaseUser) -> BaseProfile:
    """Describe a user's own profile."""
    return profile_model()(**{name: getattr(user, name) for name in account.profile_fields})


def _optional(name: str) -> Any:
    model_field = user_field(name)
    annotation = json_type(model_field)
    if model_field.max_length is not None:
        annotation = Annotated[annotation, StringConstraints(max_length=model_field.max_length)]
    # The default is never seen: what was left out is not among the body's `model_fields_set`.
    return annotation, Field(default=None, json_schema_extra=_without_default)


def _without_default(schema: dict[str, Any]) -> None:
    del schema["default"]


def _forget(*, setting: str, **_: object) -> None:
    if setting in {"SPA_AUTH", "AUTH_USER_MODEL"}:
        profile_model.cache_clear()
        profile_change_model.cache_clear()


setting_changed.connect(_forget)
