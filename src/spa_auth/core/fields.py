"""From the project's user model to the contract: which type a model field has in JSON."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist
from django.db import models

# The first that fits counts, so subclasses stand before their bases.
_TYPES: "Sequence[tuple[type[models.Field[Any, Any]], Any]]" = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.FloatField, float),
    (models.DateTimeField, datetime.datetime),
    (models.DateField, datetime.date),
    (models.UUIDField, uuid.UUID),
    (models.CharField, str),
    (models.TextField, str),
)


class UnsupportedField(Exception):
    """A setting names a field that the user model does not have, or that has no JSON type."""


def user_field(name: str) -> "models.Field[Any, Any]":
    """Return a field of the project's user model. Raises UnsupportedField."""
    model = get_user_model()
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        raise UnsupportedField(f"{model._meta.label} has no field {name!r}.") from None
    if not isinstance(found, models.Field) or json_type(found) is None:
        raise UnsupportedField(f"{model._meta.label}.{name} has no type in JSON.")
    return found


def json_type(field: "models.Field[Any, Any]") -> Any:
    """Return the Python type of a field's value in a body or answer, None where there is none."""
    for kind, python_type in _TYPES:
        if isinstance(field, kind):
            return python_type | None if field.null else python_type
    return None


def text_of(user: AbstractBaseUser, name: str) -> str:
    """Return a text field of any user model, empty where the model has no such field."""
    return str(getattr(user, name, "") or "")
