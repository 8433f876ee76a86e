"""System checks of the account room."""

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.core.checks import Error

from spa_auth.core.fields import UnsupportedField, user_field
from spa_auth.core.rule import Found, rule

from .settings import account

# Ten years: a person who comes back by an older link is nobody that we know.
_MOST_DAYS = 3650
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


@rule(
    "E012", Error, hint='SPA_AUTH = {"DELETE_AFTER_DAYS": 30}, and "spa_auth.sessions" installed.'
)
def deletion_that_never_comes() -> Iterator[Found]:
    """Whoever deletes an account was told when it goes, and that nobody can sign in until then."""
    days = account.delete_after_days
    # What is no number E002 names.
    if not isinstance(days, int) or days == 0:
        return
    if not 0 < days <= _MOST_DAYS:
        yield Found(f"SPA_AUTH['DELETE_AFTER_DAYS'] is {days}.", "Write 0 to 3650 days.")
    if not apps.is_installed("spa_auth.sessions"):
        yield Found("Only the clearsessions of spa_auth.sessions deletes what is due.")
    try:
        user_field("is_active")
    except UnsupportedField as error:
        yield Found(
            f"SPA_AUTH['DELETE_AFTER_DAYS'] is {days}: {error}",
            "Give the user model a field is_active, or write 0.",
        )
