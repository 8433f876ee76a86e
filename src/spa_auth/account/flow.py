"""Changing one's own profile: only the project's chosen fields, validated by the user model."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic.alias_generators import to_camel

from spa_auth.core import events
from spa_auth.core.body import field_error
from spa_auth.core.errors import InvalidBody
from spa_auth.core.fields import text_of
from spa_auth.core.identifiers import canonical_username, is_email


def change_profile(user: AbstractBaseUser, changes: Mapping[str, Any]) -> None:
    """Store the changed fields of `user`, those alone. Raises InvalidBody with `fields`.

    Only the named columns are written: saving the whole row would undo a deactivation that
    happened meanwhile.
    """
    if not changes:
        return
    for name, value in changes.items():
        setattr(user, name, canonical_username(value) if name == "username" else value)
    _validate(user, set(changes))
    with transaction.atomic():
        user.save(update_fields=list(changes))
        events.emit(events.ProfileChanged(user_id=user.pk, changed=tuple(changes)))


def _validate(user: AbstractBaseUser, names: set[str]) -> None:
    # `login` reads an @ as an e-mail address: a user name with one could never sign in.
    if "username" in names and is_email(text_of(user, "username")):
        raise InvalidBody(fields={"username": [field_error("no_at_sign", _("Leave out the @."))]})
    try:
        user.full_clean(exclude={field.name for field in user._meta.get_fields()} - names)
    except ValidationError as error:
        raise InvalidBody(fields=_fields(error)) from None


def _fields(error: ValidationError) -> dict[str, list[Mapping[str, Any]]]:
    return {
        "" if name == NON_FIELD_ERRORS else to_camel(name): [
            field_error(item.code or "invalid", message)
            for item in errors
            for message in item.messages
        ]
        for name, errors in error.error_dict.items()
    }
