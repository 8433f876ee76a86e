"""The shape of a sign-up: address, password and the project's chosen fields, with their limits."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any

from django.contrib.auth import get_user_model
from django.core.signals import setting_changed
from pydantic import Field, StringConstraints, create_model

from spa_auth.core.body import Body
from spa_auth.core.fields import json_type, user_field
from spa_auth.core.identifiers import subject_of
from spa_auth.core.inputs import Address, MailedProof, Password

from .settings import account


class BaseSignup(Body):
    """Who wants an account, and the password that they choose."""

    email: Address
    password: Password

    @property
    def subject(self) -> str:
        """Return what limits count by."""
        return subject_of("email", self.email)


class BaseSignupFinish(MailedProof):
    """Either the link's token or the mail's code with its address, and the account itself."""

    password: Password
    remember: bool = Field(True, description="False ends the session with the browser.")


# What a project's fields cannot be called.
RESERVED = frozenset({*BaseSignup.model_fields, *BaseSignupFinish.model_fields})


def sign_up_fields() -> Sequence[str]:
    """Return the names of the user model's fields that a new account has, without the address."""
    model = get_user_model()
    chosen = account.sign_up_fields
    if chosen is None:
        chosen = [model.USERNAME_FIELD, *model.REQUIRED_FIELDS]
    return [name for name in dict.fromkeys(chosen) if name != model.get_email_field_name()]


@lru_cache(maxsize=1)
def signup_model() -> type[BaseSignup]:
    """Return the model of a sign-up."""
    return create_model("Signup", __base__=BaseSignup, __doc__=BaseSignup.__doc__, **_fields())


@lru_cache(maxsize=1)
def signup_finish_model() -> type[BaseSignupFinish]:
    """Return the model of the body that makes the account."""
    return create_model(
        "SignupFinish", __base__=BaseSignupFinish, __doc__=BaseSignupFinish.__doc__, **_fields()
    )


def values_of(body: Body) -> Mapping[str, Any]:
    """Return what a body has for the user model's fields, by name."""
    return {name: getattr(body, name) for name in sign_up_fields()}


def _fields() -> dict[str, Any]:
    return {name: _field(name) for name in sign_up_fields()}


def _field(name: str) -> Any:
    model_field = user_field(name)
    annotation = json_type(model_field)
    if annotation is str:
        least = 0 if model_field.blank else 1
        limits = StringConstraints(min_length=least, max_length=model_field.max_length)
        annotation = Annotated[annotation, limits]
    return annotation, Field(default=model_field.get_default()) if model_field.blank else ...


def _forget(*, setting: str, **_: object) -> None:
    if setting in {"SPA_AUTH", "AUTH_USER_MODEL"}:
        signup_model.cache_clear()
        signup_finish_model.cache_clear()


setting_changed.connect(_forget)
