"""System checks of the account room."""

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.checks import Error, Warning  # noqa: A004 - Django's name

from spa_auth.core.fields import UnsupportedField, user_field
from spa_auth.core.people import field_of
from spa_auth.core.rule import Found, rule
from spa_auth.core.settings import core

from .settings import account
from .sign_up import RESERVED, sign_up_fields

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


@rule("E012", Error, hint='SPA_AUTH = {"SIGN_UP_FIELDS": ["username"]}, or "SIGN_UP": False.')
def sign_up_that_cannot_work() -> Iterator[Found]:
    """A new account must have an address, and every field that its model cannot do without."""
    if not core.sign_up:
        return
    if field_of("email") is None:
        yield Found("The user model has no e-mail address, without which nobody can sign up.")
        return
    for name in sign_up_fields():
        if name in RESERVED:
            yield Found(f"SPA_AUTH['SIGN_UP_FIELDS']: sign-up has a {name!r} of its own.")
        try:
            user_field(name)
        except UnsupportedField as error:
            yield Found(f"SPA_AUTH['SIGN_UP_FIELDS']: {error}")
    model = get_user_model()
    for name in (model.USERNAME_FIELD, *model.REQUIRED_FIELDS):
        if name not in [*sign_up_fields(), model.get_email_field_name()]:
            yield Found(f"SPA_AUTH['SIGN_UP_FIELDS'] leaves out {name!r}, which is required.")


@rule("E013", Error, hint="Remove it: nobody may choose their own rights.")
def field_that_nobody_may_choose() -> Iterator[Found]:
    """Nobody may give themselves rights while they sign up."""
    for name in sign_up_fields() if core.sign_up else ():
        if name in _NEVER:
            yield Found(f"SPA_AUTH['SIGN_UP_FIELDS'] lets people choose their own {name!r}.")


@rule("W014", Warning, hint='SPA_AUTH = {"VERIFY_EMAIL": True}, or "SIGN_UP": False.')
def sign_up_that_tells() -> Iterator[Found]:
    """Without a proof of the address sign-up must say that somebody has it: it tells strangers."""
    if core.sign_up and not core.verify_email:
        yield Found("Sign-up tells whoever asks which addresses have an account.")


@rule(
    "E015", Error, hint='SPA_AUTH = {"DELETE_AFTER_DAYS": 30}, and "spa_auth.sessions" installed.'
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
