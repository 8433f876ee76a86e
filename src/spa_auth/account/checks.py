"""System checks of the account room."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from spa_auth.core.fields import UnsupportedField, user_field

from .settings import account


@register
def check_profile_fields(**_: Any) -> list[CheckMessage]:
    """Find profile fields that do not exist, have no JSON type, or must never be writable."""
    found: list[CheckMessage] = []
    for name in account.profile_fields:
        try:
            user_field(name)
        except UnsupportedField as error:
            found.append(
                Error(
                    f"SPA_AUTH['PROFILE_FIELDS']: {error}",
                    hint="Remove it, or write the name of a field of the user model.",
                    id="spa_auth.E010",
                )
            )
        if name in _NEVER:
            found.append(
                Error(
                    f"SPA_AUTH['PROFILE_FIELDS'] lets people change their own {name!r}.",
                    hint="Remove it: rights, credentials and addresses have flows of their own.",
                    id="spa_auth.E011",
                )
            )
    return found


_NEVER: Sequence[str] = ("id", "password", "email", "is_active", "is_staff", "is_superuser")
