"""System checks of the account room."""

from collections.abc import Iterator, Sequence

from django.core.checks import Error

from spa_auth.core.fields import UnsupportedField, user_field
from spa_auth.core.rule import Found, rule

from .settings import account

_NEVER: Sequence[str] = ("id", "password", "email", "is_active", "is_staff", "is_superuser")


@rule("E010", Error, hint="Remove it, or write the name of a field of the user model.")
def field_that_cannot_be_written() -> Iterator[Found]:
    """A field in `PROFILE_FIELDS` must exist and have a JSON type."""
    for name in account.profile_fields:
        try:
            user_field(name)
        except UnsupportedField as error:
            yield Found(f"SPA_AUTH['PROFILE_FIELDS']: {error}")


@rule("E011", Error, hint="Remove it: rights, credentials and addresses have flows of their own.")
def field_that_nobody_may_write() -> Iterator[Found]:
    """Nobody may give themselves rights, or change an address or a password without proof."""
    for name in account.profile_fields:
        if name in _NEVER:
            yield Found(f"SPA_AUTH['PROFILE_FIELDS'] lets people change their own {name!r}.")
