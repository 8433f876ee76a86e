"""The project's user model."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.core.checks import Warning  # noqa: A004
from django.db import models

from spa_auth.core.middleware import mounted_at
from spa_auth.core.rule import Found, rule


@rule(
    "W001", Warning, hint="Add unique=True, or a UniqueConstraint, to the field of the user model."
)
def address_not_unique() -> Iterator[Found]:
    """Where two accounts can share an e-mail address, neither can sign in with it."""
    if mounted_at() is None:
        return
    model = get_user_model()
    name = model.get_email_field_name()
    field = _fields(model).get(name)
    if not isinstance(field, models.Field) or field.unique or _constrained(model, name):
        return
    yield Found(
        f"{model._meta.label}.{name} is not unique: two accounts may claim one address, and then "
        "neither can sign in with it."
    )


@rule("R78", Warning, hint="is_active = models.BooleanField(default=True), and another field")
def activity_means_verification() -> Iterator[Found]:
    """`is_active` says that an account is not shut; a verified address is another fact.

    Where one flag says both, verifying an address opens an account that an administrator has shut.
    """
    model = get_user_model()
    field = _fields(model).get("is_active")
    if mounted_at() is not None and isinstance(field, models.Field) and field.default is False:
        yield Found(f"{model._meta.label}.is_active is False for a new account.")


def _fields(model: type[models.Model]) -> dict[str, object]:
    return {field.name: field for field in model._meta.get_fields()}


def _constrained(model: type[models.Model], name: str) -> bool:
    return any(
        isinstance(constraint, models.UniqueConstraint)
        and (name in constraint.fields or name in str(constraint.expressions))
        for constraint in model._meta.constraints
    )
